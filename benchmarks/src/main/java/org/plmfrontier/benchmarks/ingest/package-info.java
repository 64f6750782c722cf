/** FASTA to tokens to the token log: speed beside another reader's, speed from end to end, and memory. */
@NullMarked
package org.plmfrontier.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
