/** The encoder written with DJL's own array functions: the other side of a comparison, and an oracle. */
@NullMarked
package org.plmfrontier.benchmarks.naive;

import org.jspecify.annotations.NullMarked;
