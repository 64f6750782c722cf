/** How much of its time a device waits for its host. */
@NullMarked
package org.plmfrontier.benchmarks.idle;

import org.jspecify.annotations.NullMarked;
