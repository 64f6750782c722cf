/** Apache Kafka in process. */
@NullMarked
package org.plmfrontier.stack.kafka;

import org.jspecify.annotations.NullMarked;
