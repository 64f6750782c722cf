/** Which proteins are held out. */
@NullMarked
package org.plmfrontier.dataset.split;

import org.jspecify.annotations.NullMarked;
