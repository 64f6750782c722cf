/** Corpora as people ask for them: accepted once, built one at a time, resumed after a restart. */
@NullMarked
package org.plmfrontier.dataset.ingest;

import org.jspecify.annotations.NullMarked;
