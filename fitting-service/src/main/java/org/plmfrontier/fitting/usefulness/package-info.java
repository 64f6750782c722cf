/** How what models are good for follows from their loss. */
@NullMarked
package org.plmfrontier.fitting.usefulness;

import org.jspecify.annotations.NullMarked;
