/** Steps of slices that train: shown while they are not committed, and never fitted. */
@NullMarked
package org.plmfrontier.fitting.progress;

import org.jspecify.annotations.NullMarked;
