/** Bodies of requests on disk: bounded each and together, and gone with the process that holds them. */
@NullMarked
package org.plmfrontier.runtime.disk;

import org.jspecify.annotations.NullMarked;
