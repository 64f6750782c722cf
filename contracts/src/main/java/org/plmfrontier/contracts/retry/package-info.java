/** How long to wait before something that is away is tried again: one rule for all services. */
@NullMarked
package org.plmfrontier.contracts.retry;

import org.jspecify.annotations.NullMarked;
