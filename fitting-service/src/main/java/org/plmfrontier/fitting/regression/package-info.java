/** Least squares lines and power laws. */
@NullMarked
package org.plmfrontier.fitting.regression;

import org.jspecify.annotations.NullMarked;
