package org.plmfrontier.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenLogAuditTest {
    @Test
    void aSoundLogHasItsWritersDigest() {
        TokenLogDigest digest = new TokenLogDigest();
        TokenLogAudit audit = new TokenLogAudit("c");
        for (long index = 0; index < 5; index++) {
            TokenBatch batch = batch("c", index);
            digest.add(batch);
            audit.take(index, batch.headers(), batch.tokens());
        }
        TokenLogAudit.Report report = audit.report(5);
        assertThat(report.sound()).isTrue();
        assertThat(report).isEqualTo(new TokenLogAudit.Report(5, 25, 15, digest.hex(), 0, List.of()));
    }

    @Test
    void everyDefectIsNamedWithItsPlace() {
        TokenLogAudit audit = new TokenLogAudit("c");
        take(audit, 0, batch("c", 0));
        take(audit, 3, batch("c", 3));
        take(audit, 4, batch("c", 9));
        take(audit, 5, batch("d", 5));
        byte[] flipped = batch("c", 6).tokens().clone();
        flipped[1] ^= 1;
        audit.take(6, batch("c", 6).headers(), flipped);
        assertThat(audit.report(8).defects())
                .satisfiesExactly(
                        missing -> assertThat(missing).isEqualTo("offsets 1 to 2 are missing"),
                        index -> assertThat(index).isEqualTo("offset 4: holds index 9; the log has gaps or doubles"),
                        corpus -> assertThat(corpus).isEqualTo("offset 5: holds a batch of corpus d"),
                        crc -> assertThat(crc).startsWith("offset 6: token batch 6 is corrupt: header crc32c"),
                        end -> assertThat(end).isEqualTo("offsets 7 to 7 are missing"));
    }

    @Test
    void defectsBeyondTheNamedOnesAreCounted() {
        TokenLogAudit audit = new TokenLogAudit("c");
        List<Long> offsets = new ArrayList<>();
        for (long offset = 0; offset < 50; offset++) {
            take(audit, offset, batch("d", offset));
            offsets.add(offset);
        }
        TokenLogAudit.Report report = audit.report(50);
        assertThat(report.defectCount()).isEqualTo(offsets.size());
        assertThat(report.defects()).hasSize(TokenLogAudit.NAMED);
        assertThat(report.records()).isZero();
    }

    private static void take(TokenLogAudit audit, long offset, TokenBatch batch) {
        audit.take(offset, batch.headers(), batch.tokens());
    }

    private static TokenBatch batch(String corpus, long index) {
        return new TokenBatch(corpus, index, new byte[] {1, 5, 6, 7, 2}, new int[] {5});
    }
}
