/** What the REST of every service does alike. */
@NullMarked
package org.plmfrontier.runtime;

import org.jspecify.annotations.NullMarked;
