/** JMH and comparison runs. */
@NullMarked
package org.plmfrontier.benchmarks;

import org.jspecify.annotations.NullMarked;
