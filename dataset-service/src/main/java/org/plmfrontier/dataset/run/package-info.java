/** Where a run stands, by what its trainers said. */
@NullMarked
package org.plmfrontier.dataset.run;

import org.jspecify.annotations.NullMarked;
