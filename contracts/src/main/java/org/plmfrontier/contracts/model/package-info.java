/** Shapes of models with their exact parameter and FLOP counts. */
@NullMarked
package org.plmfrontier.contracts.model;

import org.jspecify.annotations.NullMarked;
