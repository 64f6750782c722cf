/** What a model of each family has to predict of a record. */
@NullMarked
package org.plmfrontier.trainer.masking;

import org.jspecify.annotations.NullMarked;
