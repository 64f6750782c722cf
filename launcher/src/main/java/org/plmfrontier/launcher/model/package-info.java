/** Models as folders on this machine. */
@NullMarked
package org.plmfrontier.launcher.model;

import org.jspecify.annotations.NullMarked;
