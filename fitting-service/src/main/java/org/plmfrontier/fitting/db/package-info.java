/** PostgreSQL: events in, events out again after a restart. */
@NullMarked
package org.plmfrontier.fitting.db;

import org.jspecify.annotations.NullMarked;
