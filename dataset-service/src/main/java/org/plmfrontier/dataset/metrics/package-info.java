/** What Prometheus scrapes. */
@NullMarked
package org.plmfrontier.dataset.metrics;

import org.jspecify.annotations.NullMarked;
