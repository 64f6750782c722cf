/** Whether the trainer can take jobs. */
@NullMarked
package org.plmfrontier.trainer.health;

import org.jspecify.annotations.NullMarked;
