package org.plmfrontier.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
    @Test
    void aLetterSaysWhyWhereItLayAndWhoCouldNotUseIt() {
        Map<String, byte[]> headers = DeadLetterHeaders.of("no JSON: ü", "jobs", 3, 17, "trainer-service");
        assertThat(headers.keySet())
                .containsExactly(
                        "dead-letter-reason",
                        "dead-letter-topic",
                        "dead-letter-partition",
                        "dead-letter-offset",
                        "dead-letter-by")
                .allMatch(DeadLetterHeaders::isOne);
        assertThat(headers.values())
                .extracting(value -> new String(value, StandardCharsets.UTF_8))
                .containsExactly("no JSON: ü", "jobs", "3", "17", "trainer-service");
        assertThat(DeadLetterHeaders.isOne("ce_type")).isFalse();
    }
}
