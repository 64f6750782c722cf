/** Clusters and searches by the MMseqs2 program. */
@NullMarked
package org.plmfrontier.dataset.mmseqs;

import org.jspecify.annotations.NullMarked;
