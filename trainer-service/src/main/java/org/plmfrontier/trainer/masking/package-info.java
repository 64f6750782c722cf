/** Which residues of a record are hidden from the model, and by what. */
@NullMarked
package org.plmfrontier.trainer.masking;

import org.jspecify.annotations.NullMarked;
