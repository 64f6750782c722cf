/** Who may write: one rule for the REST of all services. */
@NullMarked
package org.plmfrontier.contracts.access;

import org.jspecify.annotations.NullMarked;
