/** Steps of one build that run in threads of their own, in order and with a bound on what waits between them. */
@NullMarked
package org.plmfrontier.dataset.pipeline;

import org.jspecify.annotations.NullMarked;
