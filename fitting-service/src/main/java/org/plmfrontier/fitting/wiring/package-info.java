/** The one place that knows both the domain and its adapters. */
@NullMarked
package org.plmfrontier.fitting.wiring;

import org.jspecify.annotations.NullMarked;
