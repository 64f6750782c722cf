/** Search for the minimum of a smooth function of a few parameters, with gradient and curvature. */
@NullMarked
package org.plmfrontier.fitting.optimum;

import org.jspecify.annotations.NullMarked;
