/** Which evaluation is which. */
@NullMarked
package org.plmfrontier.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
