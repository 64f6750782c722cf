/** Builders of records with many components. */
@NullMarked
package org.plmfrontier.contracts.builder;

import org.jspecify.annotations.NullMarked;
