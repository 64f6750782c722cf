/** The fitting service put together: loss events in, curves, fits and the frontier out. */
@NullMarked
package org.plmfrontier.fitting;

import org.jspecify.annotations.NullMarked;
