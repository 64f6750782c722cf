/** Huber's loss of ln L over observations, which fits minimise: plain for any family, and quick for some. */
@NullMarked
package org.plmfrontier.fitting.objective;

import org.jspecify.annotations.NullMarked;
