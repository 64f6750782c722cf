/** How a run is trained: schedule, optimiser, masking. */
@NullMarked
package org.plmfrontier.contracts.recipe;

import org.jspecify.annotations.NullMarked;
