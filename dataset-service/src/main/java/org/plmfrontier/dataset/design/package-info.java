/** From what a person can say of a study (sizes, a budget of time or FLOPs) to its shapes, budgets and recipe. */
@NullMarked
package org.plmfrontier.dataset.design;

import org.jspecify.annotations.NullMarked;
