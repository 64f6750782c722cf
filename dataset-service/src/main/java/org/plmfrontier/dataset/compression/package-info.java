/** Decompression by libraries: zstd and bzip2. */
@NullMarked
package org.plmfrontier.dataset.compression;

import org.jspecify.annotations.NullMarked;
