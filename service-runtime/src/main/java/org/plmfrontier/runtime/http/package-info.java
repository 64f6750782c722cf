/** Filters, headers and error answers of the HTTP server, the same in all services. */
@NullMarked
package org.plmfrontier.runtime.http;

import org.jspecify.annotations.NullMarked;
