/** What a request must look like, and under which policy an answer is shown: plain Java, no HTTP server. */
@NullMarked
package org.plmfrontier.runtime.request;

import org.jspecify.annotations.NullMarked;
