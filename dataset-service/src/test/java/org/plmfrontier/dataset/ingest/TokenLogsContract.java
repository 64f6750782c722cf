package org.plmfrontier.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;

/** What every {@link TokenLogs} does: the test of a place for token logs inherits this. Ids are new in each test. */
public abstract class TokenLogsContract {
    private final String corpus = "kit-" + UUID.randomUUID();
    private final List<TokenBatch> batches = batches(20);

    protected abstract TokenLogs logs();

    /** What readers of a corpus's training log find. */
    protected abstract List<TokenBatch> readTraining(String corpusId);

    @Test
    void aHalfWrittenLogIsContinuedWhereItBreaksOff() {
        write(batches.subList(0, 7), 7);
        assertThat(logs().trainingRecords(corpus)).isEqualTo(7);
        write(batches, 20);
        write(batches, 20);
        assertThat(logs().trainingRecords(corpus)).isEqualTo(20);
        assertThat(readTraining(corpus)).usingRecursiveComparison().isEqualTo(batches);
    }

    @Test
    void theHeldOutLogIsAnotherOne() {
        write(batches.subList(0, 3), 3);
        try (TokenLog log = logs().heldOut(corpus)) {
            batches.subList(0, 2).forEach(log::append);
            log.finish(2);
        }
        assertThat(logs().trainingRecords(corpus)).isEqualTo(3);
        assertThat(logs().heldOutRecords(corpus)).isEqualTo(2);
        assertThat(logs().auditHeldOut(corpus).records()).isEqualTo(2);
    }

    @Test
    void whereThereIsNoLogThereAreNoRecords() {
        assertThat(logs().trainingRecords(corpus)).isZero();
        assertThat(logs().heldOutRecords(corpus)).isZero();
        logs().delete(corpus);
    }

    @Test
    void aLogOfOtherTokensIsNotContinued() {
        write(batches, 20);
        byte[] changed = batches.getLast().tokens().clone();
        changed[1]++;
        List<TokenBatch> foreign = new ArrayList<>(batches);
        foreign.set(19, new TokenBatch(corpus, 19, changed, batches.getLast().lengths()));
        assertThatThrownBy(() -> write(foreign, 20))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other tokens");
    }

    @Test
    void aLogOfAnotherLengthThanTheCorpusIsFound() {
        assertThatThrownBy(() -> write(batches, 21)).hasMessageContaining("holds 20 batches, the corpus has 21");
        assertThatThrownBy(() -> write(batches.subList(0, 4), 4)).hasMessageContaining("holds 20 batches");
    }

    @Test
    void indicesFollowEachOther() {
        try (TokenLog log = logs().training(corpus)) {
            assertThatThrownBy(() -> log.append(batches.get(1))).hasMessageContaining("expects index 0, got 1");
        }
    }

    @Test
    void aSoundLogPassesItsAudit() {
        write(batches, 20);
        TokenLogAudit.Report report = logs().auditTraining(corpus);
        assertThat(report.sound()).isTrue();
        assertThat(report.records()).isEqualTo(20);
    }

    @Test
    void aDeletedLogIsWrittenAnew() {
        write(batches, 20);
        logs().delete(corpus);
        assertThat(logs().trainingRecords(corpus)).isZero();
        write(batches.subList(0, 5), 5);
        assertThat(readTraining(corpus)).hasSize(5);
    }

    private void write(List<TokenBatch> written, long records) {
        try (TokenLog log = logs().training(corpus)) {
            written.forEach(log::append);
            log.finish(records);
        }
    }

    private List<TokenBatch> batches(int count) {
        List<TokenBatch> made = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] tokens = new byte[100];
            Arrays.fill(tokens, (byte) (4 + index));
            made.add(new TokenBatch(corpus, index, tokens, new int[] {60, 40}));
        }
        return made;
    }
}
