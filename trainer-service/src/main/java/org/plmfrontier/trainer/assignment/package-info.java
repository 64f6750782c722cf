/** Whether a job is the next one of its run, and what is known of each run of a partition. */
@NullMarked
package org.plmfrontier.trainer.assignment;

import org.jspecify.annotations.NullMarked;
