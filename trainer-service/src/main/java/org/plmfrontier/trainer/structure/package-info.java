/** Three-state secondary structure by a linear probe on frozen hidden states. */
@NullMarked
package org.plmfrontier.trainer.structure;

import org.jspecify.annotations.NullMarked;
