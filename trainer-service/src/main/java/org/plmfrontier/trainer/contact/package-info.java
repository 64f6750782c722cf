/** Contacts between residues by a logistic regression on attention maps. */
@NullMarked
package org.plmfrontier.trainer.contact;

import org.jspecify.annotations.NullMarked;
