/** The line structure of FASTA files, plain or gzip, as a stream of blocks. */
@NullMarked
package org.plmfrontier.dataset.fasta;

import org.jspecify.annotations.NullMarked;
