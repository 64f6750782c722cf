/** The frozen, named recipes. */
@NullMarked
package org.plmfrontier.dataset.recipe;

import org.jspecify.annotations.NullMarked;
