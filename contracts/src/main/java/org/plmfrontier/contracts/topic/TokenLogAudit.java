package org.plmfrontier.contracts.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Checks a token log from its records alone: offsets and indices run from 0 without gap, every checksum fits, all
 * batches are of one corpus. Whoever reads the topic from its beginning gives it the records. Not thread-safe.
 */
public final class TokenLogAudit {
    /** Defects that are named; further ones are counted. */
    public static final int NAMED = 20;

    private final String corpusId;
    private final Consumer<TokenBatch> sound;
    private final TokenLogDigest digest = new TokenLogDigest();
    private final List<String> defects = new ArrayList<>();
    private long defectCount;
    private long next;
    private long records;
    private long tokens;
    private long residues;

    /**
     * What a log was found to be.
     *
     * @param records sound batches
     * @param tokens their tokens
     * @param residues their residues
     * @param sha256 digest of the sound batches
     * @param defectCount how many records are not as they must be
     * @param defects the first of them, each with its place
     */
    public record Report(
            long records, long tokens, long residues, String sha256, long defectCount, List<String> defects) {
        public Report {
            defects = List.copyOf(defects);
        }

        public boolean sound() {
            return defectCount == 0;
        }
    }

    public TokenLogAudit(String corpusId) {
        this(corpusId, batch -> {});
    }

    /** @param sound takes the batches that are as they must be, in order */
    public TokenLogAudit(String corpusId, Consumer<TokenBatch> sound) {
        this.corpusId = corpusId;
        this.sound = sound;
    }

    /** Takes the next record of the topic's one partition. */
    public void take(long offset, Map<String, byte[]> headers, byte[] value) {
        if (offset != next) {
            defect("offsets " + next + " to " + (offset - 1) + " are missing");
        }
        next = offset + 1;
        try {
            accept(offset, TokenBatch.decode(headers, value));
        } catch (IllegalArgumentException e) {
            defect("offset " + offset + ": " + e.getMessage());
        }
    }

    /**
     * Takes a record that cannot be read.
     *
     * @param reason what was said of it
     */
    public void unreadable(long offset, String reason) {
        if (offset > next) {
            defect("offsets " + next + " to " + (offset - 1) + " are missing");
        }
        next = offset + 1;
        defect("offset " + offset + " cannot be read: " + reason);
    }

    /** @param end offset after the log's last record */
    public Report report(long end) {
        if (end != next) {
            defect("offsets " + next + " to " + (end - 1) + " are missing");
        }
        return new Report(records, tokens, residues, digest.hex(), defectCount, defects);
    }

    private void accept(long offset, TokenBatch batch) {
        if (batch.index() != offset) {
            throw new IllegalArgumentException("holds index " + batch.index() + "; the log has gaps or doubles");
        }
        if (!batch.corpusId().equals(corpusId)) {
            throw new IllegalArgumentException("holds a batch of corpus " + batch.corpusId());
        }
        records++;
        tokens += batch.tokens().length;
        residues += batch.residues();
        digest.add(batch);
        sound.accept(batch);
    }

    private void defect(String what) {
        defectCount++;
        if (defects.size() < NAMED) {
            defects.add(what);
        }
    }
}
