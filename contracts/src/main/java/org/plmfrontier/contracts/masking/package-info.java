/** Which residues a masked model has to predict, what it sees in their place, and what its loss on them is made of. */
@NullMarked
package org.plmfrontier.contracts.masking;

import org.jspecify.annotations.NullMarked;
