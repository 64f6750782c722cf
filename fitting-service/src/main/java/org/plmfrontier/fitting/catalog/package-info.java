/** Known protein language models, their published sizes and tokens, and where they stand on a frontier. */
@NullMarked
package org.plmfrontier.fitting.catalog;

import org.jspecify.annotations.NullMarked;
