package org.plmfrontier.fitting.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class EventTopicTest {
    @Test
    void aBrokerThatGivesTopicsNoIdsIsTooOld() {
        assertThatIllegalStateException()
                .isThrownBy(() -> EventTopic.known(Uuid.ZERO_UUID))
                .withMessage("the broker gives topics no ids, which Kafka does since 2.8: it is too old");
        Uuid id = new Uuid(1, 2);
        assertThat(EventTopic.known(id)).isEqualTo(id.toString());
    }
}
