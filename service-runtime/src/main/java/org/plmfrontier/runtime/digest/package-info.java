/** Digests that several services need. */
@NullMarked
package org.plmfrontier.runtime.digest;

import org.jspecify.annotations.NullMarked;
