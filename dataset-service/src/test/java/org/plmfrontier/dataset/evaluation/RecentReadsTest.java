package org.plmfrontier.dataset.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

class RecentReadsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int reads;
    private final RecentReads<Integer> recent = new RecentReads<>(Duration.ofSeconds(30), () -> now);

    @Test
    void whatWasReadAMomentAgoIsNotReadAgain() throws IOException {
        assertThat(ask("a", Map.of())).isEqualTo(1);
        now = now.plusSeconds(29);
        assertThat(ask("a", Map.of())).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(ask("a", Map.of())).isEqualTo(2);
    }

    @Test
    void anotherFileAndAnotherOptionAreReadForThemselvesAndAnotherNameIsNot() throws IOException {
        assertThat(ask("a", Map.of())).isEqualTo(1);
        assertThat(ask("b", Map.of())).isEqualTo(2);
        assertThat(ask("a", Map.of("maskings", "2"))).isEqualTo(3);
        assertThat(recent.of(wanted("other", "a", Map.of()), this::read)).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsTriedEachTime() throws IOException {
        assertThatThrownBy(() -> recent.of(wanted("x", "a", Map.of()), evaluation -> {
                    throw new IOException("not there");
                }))
                .hasMessage("not there");
        assertThat(ask("a", Map.of())).isEqualTo(1);
    }

    @Test
    void onlySoManyAreKept() throws IOException {
        for (int file = 0; file <= 50; file++) {
            assertThat(ask("file" + file, Map.of())).isEqualTo(file + 1);
        }
        assertThat(ask("file50", Map.of())).isEqualTo(51);
        assertThat(ask("file0", Map.of())).isEqualTo(52);
    }

    private int ask(String file, Map<String, String> options) throws IOException {
        return recent.of(wanted("x", file, options), this::read);
    }

    private int read(WantedEvaluation evaluation) {
        return ++reads;
    }

    private static WantedEvaluation wanted(String name, String file, Map<String, String> options) {
        return new WantedEvaluation(
                "evaluations[0]",
                name,
                EvaluationKind.PERPLEXITY,
                Map.of("proteins", List.of("/" + file)),
                options,
                null);
    }
}
