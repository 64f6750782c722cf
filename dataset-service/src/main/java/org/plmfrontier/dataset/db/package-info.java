/** Corpora, studies, runs and slices in PostgreSQL; no entity leaves this package. */
@NullMarked
package org.plmfrontier.dataset.db;

import org.jspecify.annotations.NullMarked;
