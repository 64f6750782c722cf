/** The run state machine under faults drawn from a seed, in virtual time: real slices and verdicts, a broker and a store in memory. */
@NullMarked
package org.plmfrontier.trainer.simulation;

import org.jspecify.annotations.NullMarked;
