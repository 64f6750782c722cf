/** A corpus from its sources to its manifest. */
@NullMarked
package org.plmfrontier.dataset.corpus;

import org.jspecify.annotations.NullMarked;
