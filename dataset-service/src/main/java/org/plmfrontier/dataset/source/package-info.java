/** Where sequence files come from: what is there, and its bytes from any place on. */
@NullMarked
package org.plmfrontier.dataset.source;

import org.jspecify.annotations.NullMarked;
