package org.plmfrontier.trainer.tokenlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.slice.Studies;

/** What every {@link TokenLog} does: the test of a log inherits this. One corpus serves all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TokenLogContract {
    private final String id = "kit-" + UUID.randomUUID();
    private final List<TokenBatch> training = Studies.records(id, 150, 3, 20, 1);
    private final List<TokenBatch> heldOut = Studies.records(id, 4, 3, 20, 2);
    private CorpusRef corpus;

    protected abstract TokenLog log();

    /** Writes a corpus to where {@link #log} reads. */
    protected abstract void write(String corpusId, List<TokenBatch> trained, List<TokenBatch> held);

    @BeforeAll
    void writeACorpus() {
        write(id, training, heldOut);
        corpus = ref(id, 150, 4);
    }

    @Test
    void recordsAreReadForwards() throws TokenLogException {
        for (int index = 0; index < training.size(); index++) {
            assertSame(log().training(corpus, index), training.get(index));
        }
    }

    @Test
    void recordsAreReadInAnyOrder() throws TokenLogException {
        for (int index : new int[] {7, 3, 149, 0, 0, 80, 81, 2}) {
            assertSame(log().training(corpus, index), training.get(index));
        }
    }

    @Test
    void theHeldOutRecordsAreOthers() throws TokenLogException {
        for (int index = 0; index < heldOut.size(); index++) {
            assertSame(log().heldOut(corpus, index), heldOut.get(index));
            assertSame(log().training(corpus, index), training.get(index));
        }
    }

    @Test
    void corporaAreReadInTurns() throws TokenLogException {
        String other = id + "-b";
        List<TokenBatch> others = Studies.records(other, 5, 3, 20, 3);
        write(other, others, Studies.records(other, 1, 3, 20, 4));
        for (int index = 0; index < 5; index++) {
            assertSame(log().training(corpus, index), training.get(index));
            assertSame(log().training(ref(other, 5, 1), index), others.get(index));
        }
    }

    @Test
    void aRecordBehindTheEndIsNamed() throws TokenLogException {
        assertThatThrownBy(() -> log().training(corpus, 150))
                .isInstanceOf(TokenLogException.class)
                .hasMessageContaining("150");
        assertThatThrownBy(() -> log().heldOut(corpus, 4)).isInstanceOf(TokenLogException.class);
        assertSame(log().training(corpus, 149), training.get(149));
    }

    @Test
    void aCorpusThatIsNotThereIsNamed() throws TokenLogException {
        String absent = id + "-absent";
        assertThatThrownBy(() -> log().training(ref(absent, 5, 1), 0))
                .isInstanceOf(TokenLogException.class)
                .hasMessageContaining(absent);
        assertSame(log().training(corpus, 0), training.getFirst());
    }

    private static CorpusRef ref(String id, long records, long heldOutRecords) {
        return new CorpusRef(id, records, 9_000, heldOutRecords, new ReferenceLosses(3.37, 2.9, 2.88));
    }

    private static void assertSame(TokenBatch read, TokenBatch written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}
