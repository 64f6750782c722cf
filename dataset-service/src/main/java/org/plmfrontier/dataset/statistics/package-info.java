/** What a corpus is made of, and what the trivial models lose on it. */
@NullMarked
package org.plmfrontier.dataset.statistics;

import org.jspecify.annotations.NullMarked;
