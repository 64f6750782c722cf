/** Protein chains of PDB and mmCIF files. */
@NullMarked
package org.plmfrontier.trainer.coordinates;

import org.jspecify.annotations.NullMarked;
