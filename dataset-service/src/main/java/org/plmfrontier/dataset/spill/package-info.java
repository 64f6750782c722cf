/** More data than fits in memory, in files by the leading bits of a key: shuffled, or searched for what comes twice. */
@NullMarked
package org.plmfrontier.dataset.spill;

import org.jspecify.annotations.NullMarked;
