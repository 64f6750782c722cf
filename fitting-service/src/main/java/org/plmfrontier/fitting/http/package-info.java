/** HTTP: REST, the live stream, the page's report form and problem details. */
@NullMarked
package org.plmfrontier.fitting.http;

import org.jspecify.annotations.NullMarked;
