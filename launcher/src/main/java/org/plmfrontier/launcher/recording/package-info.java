/** A study's training events in a file, and from there through a running suite again. */
@NullMarked
package org.plmfrontier.launcher.recording;

import org.jspecify.annotations.NullMarked;
