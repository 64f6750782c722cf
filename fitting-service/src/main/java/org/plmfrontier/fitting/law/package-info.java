/** Loss as a function of parameters and tokens: the surfaces that are fitted, and their compute-optimal points. */
@NullMarked
package org.plmfrontier.fitting.law;

import org.jspecify.annotations.NullMarked;
