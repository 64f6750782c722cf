/** Which network a family's shapes become. */
@NullMarked
package org.plmfrontier.trainer.family;

import org.jspecify.annotations.NullMarked;
