/** Training steps of this project beside the same steps done otherwise. */
@NullMarked
package org.plmfrontier.benchmarks.step;

import org.jspecify.annotations.NullMarked;
