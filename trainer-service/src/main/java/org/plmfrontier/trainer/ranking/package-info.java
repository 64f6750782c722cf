/** How well predicted scores order what was measured. */
@NullMarked
package org.plmfrontier.trainer.ranking;

import org.jspecify.annotations.NullMarked;
