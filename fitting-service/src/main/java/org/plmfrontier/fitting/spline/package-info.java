/** Cubic smoothing splines in linear time, with cross-validated stiffness. */
@NullMarked
package org.plmfrontier.fitting.spline;

import org.jspecify.annotations.NullMarked;
