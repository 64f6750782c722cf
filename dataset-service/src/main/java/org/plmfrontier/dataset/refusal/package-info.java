/** A request that cannot be served, with the field that is to blame. */
@NullMarked
package org.plmfrontier.dataset.refusal;

import org.jspecify.annotations.NullMarked;
