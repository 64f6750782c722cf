/** Token logs, jobs, commands and events over Kafka. */
@NullMarked
package org.plmfrontier.dataset.kafka;

import org.jspecify.annotations.NullMarked;
