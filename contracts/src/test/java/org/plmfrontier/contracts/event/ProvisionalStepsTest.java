package org.plmfrontier.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;

class ProvisionalStepsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void stepsAscendAndThereIsOneAtLeast() {
        assertThatThrownBy(() -> steps(List.of(step(4), step(4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run r must ascend, got 4 after 4");
        assertThatThrownBy(() -> steps(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 2000 provisional steps, got 0");
    }

    @Test
    void theLargestRecordStaysBelowAMegabyte() {
        List<ProvisionalStep> most = LongStream.rangeClosed(1, ProvisionalSteps.MOST_STEPS)
                .mapToObj(step -> new ProvisionalStep(
                        1_000_000_000_000L + step,
                        1.2345678901234567e12,
                        1.2345678901234567e21,
                        1.2345678901234567e21,
                        2.3456789012345678,
                        1.2345678901234567e-4,
                        1.2345678901234567e-2,
                        Instant.parse("2026-01-02T03:04:05.123456789Z")))
                .toList();
        assertThat(WireFormat.encode(steps(most))).hasSizeLessThan(1_000_000);
    }

    @Test
    void whatCannotBeIsRefusedWithFieldAndValue() {
        assertThatThrownBy(() -> new ProvisionalSteps("s", "r", 0, -1, "t", List.of(step(1))))
                .hasMessageContaining("leaseGeneration of run r must not be negative, got -1");
        assertThatThrownBy(() -> new ProvisionalSteps("s", "No Id", 0, 1, "t", List.of(step(1))))
                .hasMessageContaining("runId")
                .hasMessageContaining("No Id");
        assertThatThrownBy(() -> new ProvisionalStep(3, 1, 1, 1, Double.NaN, 0, 1, AT))
                .hasMessageContaining("lossNats of provisional step 3 must be finite and not negative, got NaN");
        assertThatThrownBy(() -> new ProvisionalStep(0, 1, 1, 1, 1, 0, 1, AT))
                .hasMessageContaining("step must be positive, got 0");
    }

    @Test
    void aRecordWithoutAFieldIsRefusedByItsName() {
        byte[] json = "{\"studyId\":\"s\",\"runId\":\"r\",\"slice\":0,\"trainer\":\"t\",\"steps\":[]}"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> WireFormat.decode(json, ProvisionalSteps.class))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("leaseGeneration");
    }

    private static ProvisionalSteps steps(List<ProvisionalStep> steps) {
        return new ProvisionalSteps("s", "r", 0, 1, "t", steps);
    }

    private static ProvisionalStep step(long step) {
        return new ProvisionalStep(step, 1, 1, 1, 1, 0, 1, AT);
    }
}
