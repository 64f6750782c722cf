/** Proteins to length windows and to batches of a token budget with little padding. */
@NullMarked
package org.plmfrontier.dataset.packing;

import org.jspecify.annotations.NullMarked;
