/** A real broker and database in one process. */
@NullMarked
package org.plmfrontier.stack;

import org.jspecify.annotations.NullMarked;
