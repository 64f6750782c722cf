/** A uniform order of the whole corpus, out of core. */
@NullMarked
package org.plmfrontier.dataset.shuffle;

import org.jspecify.annotations.NullMarked;
