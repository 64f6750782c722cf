/** Records that a service could not use, on their way back after a repair. */
@NullMarked
package org.plmfrontier.launcher.deadletter;

import org.jspecify.annotations.NullMarked;
