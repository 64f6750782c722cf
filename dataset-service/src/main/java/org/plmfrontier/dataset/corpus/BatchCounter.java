package org.plmfrontier.dataset.corpus;

import java.util.List;
import java.util.function.Consumer;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogDigest;

/** Numbers the packed batches of one part of a corpus and counts what they hold. */
final class BatchCounter implements Consumer<List<byte[]>> {
    private final String corpusId;
    private final BuildProgress progress;
    private final Consumer<TokenBatch> sink;
    private final TokenLogDigest digest = new TokenLogDigest();
    private long records;
    private long tokens;
    private long paddedTokens;

    BatchCounter(String corpusId, BuildProgress progress, Consumer<TokenBatch> sink) {
        this.corpusId = corpusId;
        this.progress = progress;
        this.sink = sink;
    }

    @Override
    public void accept(List<byte[]> sequences) {
        TokenBatch batch = join(corpusId, records, sequences);
        records++;
        tokens += batch.tokens().length;
        paddedTokens += batch.paddedLoad().tokens();
        digest.add(batch);
        sink.accept(batch);
        progress.batch();
    }

    long records() {
        return records;
    }

    long tokens() {
        return tokens;
    }

    /** Digest of the log; the last call. */
    String sha256() {
        return digest.hex();
    }

    double paddingShare() {
        return 1 - (double) tokens / paddedTokens;
    }

    /** A record of sequences. */
    static TokenBatch join(String corpusId, long index, List<byte[]> sequences) {
        int[] lengths = sequences.stream().mapToInt(sequence -> sequence.length).toArray();
        int total = 0;
        for (int length : lengths) {
            total += length;
        }
        byte[] joined = new byte[total];
        int at = 0;
        for (byte[] sequence : sequences) {
            System.arraycopy(sequence, 0, joined, at, sequence.length);
            at += sequence.length;
        }
        return new TokenBatch(corpusId, index, joined, lengths);
    }
}
