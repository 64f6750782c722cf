/** Tables of losses from files: read strictly by row and column, checked for what goes wrong in real exports. */
@NullMarked
package org.plmfrontier.fitting.table;

import org.jspecify.annotations.NullMarked;
