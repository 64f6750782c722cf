/** A study to runs by a recipe, runs to slices of about equal FLOPs, slices to an order and to partitions. */
@NullMarked
package org.plmfrontier.dataset.plan;

import org.jspecify.annotations.NullMarked;
