/** Whether and why a run's loss has stopped falling. */
@NullMarked
package org.plmfrontier.fitting.plateau;

import org.jspecify.annotations.NullMarked;
