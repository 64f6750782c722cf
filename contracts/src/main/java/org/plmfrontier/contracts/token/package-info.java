/** The token vocabulary. */
@NullMarked
package org.plmfrontier.contracts.token;

import org.jspecify.annotations.NullMarked;
