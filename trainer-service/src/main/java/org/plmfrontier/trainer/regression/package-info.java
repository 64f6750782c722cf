/** Multinomial logistic regression, solved exactly. */
@NullMarked
package org.plmfrontier.trainer.regression;

import org.jspecify.annotations.NullMarked;
