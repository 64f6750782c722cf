/** What services do while something is away that they need, and what they say of it: one rule for all. */
@NullMarked
package org.plmfrontier.runtime.retry;

import org.jspecify.annotations.NullMarked;
