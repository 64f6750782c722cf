/** Expensive work, one at a time: a bounded queue, a bound on the time, an end when nobody waits for it. */
@NullMarked
package org.plmfrontier.runtime.turn;

import org.jspecify.annotations.NullMarked;
