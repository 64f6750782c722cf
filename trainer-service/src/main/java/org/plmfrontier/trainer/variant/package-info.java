/** Deep mutational scans, and how well a model's scores of substitutions order them. */
@NullMarked
package org.plmfrontier.trainer.variant;

import org.jspecify.annotations.NullMarked;
