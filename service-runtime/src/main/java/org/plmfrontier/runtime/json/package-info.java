/** JSON bodies of requests to records, with everything that is wrong reported at once. */
@NullMarked
package org.plmfrontier.runtime.json;

import org.jspecify.annotations.NullMarked;
