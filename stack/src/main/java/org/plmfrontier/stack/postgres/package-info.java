/** PostgreSQL as a child process. */
@NullMarked
package org.plmfrontier.stack.postgres;

import org.jspecify.annotations.NullMarked;
