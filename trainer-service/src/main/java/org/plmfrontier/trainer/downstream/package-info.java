/** What evaluations have in common that measure models beside their loss. */
@NullMarked
package org.plmfrontier.trainer.downstream;

import org.jspecify.annotations.NullMarked;
