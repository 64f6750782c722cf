/** Letters to residue tokens, one protein at a time. */
@NullMarked
package org.plmfrontier.dataset.residue;

import org.jspecify.annotations.NullMarked;
