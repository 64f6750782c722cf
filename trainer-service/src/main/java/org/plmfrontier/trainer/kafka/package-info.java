/** Jobs, tokens, commands and checkpoint pointers in, events out; the only package that knows Kafka. */
@NullMarked
package org.plmfrontier.trainer.kafka;

import org.jspecify.annotations.NullMarked;
