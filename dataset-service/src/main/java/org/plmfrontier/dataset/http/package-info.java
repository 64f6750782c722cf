/** The REST interface. */
@NullMarked
package org.plmfrontier.dataset.http;

import org.jspecify.annotations.NullMarked;
