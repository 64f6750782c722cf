/** The compute-optimal frontier at chosen budgets, whatever method it came from. */
@NullMarked
package org.plmfrontier.fitting.frontier;

import org.jspecify.annotations.NullMarked;
