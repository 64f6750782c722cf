/** Training one slice of a run: records to steps to events. */
@NullMarked
package org.plmfrontier.trainer.slice;

import org.jspecify.annotations.NullMarked;
