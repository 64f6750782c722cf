/** Studies and their runs as people ask for them: planned once, published without doubles, followed, commanded. */
@NullMarked
package org.plmfrontier.dataset.study;

import org.jspecify.annotations.NullMarked;
