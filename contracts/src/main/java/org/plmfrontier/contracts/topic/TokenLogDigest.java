package org.plmfrontier.contracts.topic;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a token log: of each batch in order its index (8 bytes, big endian), its number of sequences (4), their
 * lengths (4 each) and its tokens. Two logs of one digest are the same corpus. Not thread-safe.
 */
public final class TokenLogDigest {
    private final MessageDigest digest = sha256();

    public void add(TokenBatch batch) {
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * (1 + batch.lengths().length));
        head.putLong(batch.index()).putInt(batch.lengths().length);
        for (int length : batch.lengths()) {
            head.putInt(length);
        }
        digest.update(head.array());
        digest.update(batch.tokens());
    }

    /** The digest, hexadecimal; the next batch begins a new one. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
