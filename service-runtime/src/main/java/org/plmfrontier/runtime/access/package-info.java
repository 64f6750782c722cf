/** Who may write: one rule for the REST of all services. */
@NullMarked
package org.plmfrontier.runtime.access;

import org.jspecify.annotations.NullMarked;
