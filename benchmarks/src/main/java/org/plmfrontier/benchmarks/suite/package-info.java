/** The trainer service as it runs in production beside its own computation without a suite around it. */
@NullMarked
package org.plmfrontier.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
