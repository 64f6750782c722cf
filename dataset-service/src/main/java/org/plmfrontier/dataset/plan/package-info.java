/** A study to runs, runs to slices of about equal FLOPs, slices to an order and to partitions. */
@NullMarked
package org.plmfrontier.dataset.plan;

import org.jspecify.annotations.NullMarked;
