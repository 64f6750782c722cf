/** A local suite of processes: starting, watching, stopping. */
@NullMarked
package org.plmfrontier.launcher.suite;

import org.jspecify.annotations.NullMarked;
