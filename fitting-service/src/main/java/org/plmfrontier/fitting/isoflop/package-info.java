/** Approach 2: parabolas of loss over ln N at equal compute, their vertices and the power laws through them. */
@NullMarked
package org.plmfrontier.fitting.isoflop;

import org.jspecify.annotations.NullMarked;
