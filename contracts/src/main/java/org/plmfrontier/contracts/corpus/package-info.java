/** A finished corpus as the other services see it. */
@NullMarked
package org.plmfrontier.contracts.corpus;

import org.jspecify.annotations.NullMarked;
