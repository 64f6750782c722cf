/** What every analysis answers with: estimates with intervals, outcomes that may be a refusal, flags and conventions. */
@NullMarked
package org.plmfrontier.fitting.quantity;

import org.jspecify.annotations.NullMarked;
