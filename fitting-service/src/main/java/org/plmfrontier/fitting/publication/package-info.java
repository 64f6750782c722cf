/** What the service says to the outside, as the values that REST, the live stream, the report and the topic carry. */
@NullMarked
package org.plmfrontier.fitting.publication;

import org.jspecify.annotations.NullMarked;
