package org.plmfrontier.trainer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.plmfrontier.stack.FreePorts;

class BrokerPingTest {
    @Test
    void aBrokerThatIsAwayIsSaid() throws IOException, InterruptedException {
        try (BrokerPing ping = new BrokerPing(StudyTopics.settings("127.0.0.1:" + FreePorts.next(), "trainer-a"))) {
            assertThat(ping.notReadyReason()).contains("the broker does not answer within 3000 ms");
        }
    }

    @Test
    void aBrokerThatIsTooOldIsSaid() throws IOException, InterruptedException {
        try (OldBroker broker = new OldBroker();
                BrokerPing ping = new BrokerPing(StudyTopics.settings(broker.address(), "trainer-a"))) {
            assertThat(ping.notReadyReason())
                    .hasValueSatisfying(
                            notReadyReason -> assertThat(notReadyReason).startsWith("the broker is too old: "));
        }
    }
}
