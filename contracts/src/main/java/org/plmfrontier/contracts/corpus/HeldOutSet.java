package org.plmfrontier.contracts.corpus;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A held-out set that several corpora have in common: the same records in the same order under the same masks, so that losses
 * of one task on it are of one quantity whatever the training proteins are.
 *
 * @param sha256 digest of the held-out log as {@link org.plmfrontier.contracts.topic.TokenLogDigest} has it, hexadecimal
 * @param masks seeds the masks: the id of the corpus whose held-out part it is, or the digest where it is no corpus's
 */
public record HeldOutSet(String sha256, String masks) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public HeldOutSet {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(masks, "masks");
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("heldOut.sha256 must be 64 hexadecimal digits, got '" + sha256 + "'");
        }
        if (masks.isEmpty()) {
            throw new IllegalArgumentException("heldOut.masks must not be empty");
        }
    }

    /** A set that is no corpus's part. */
    public static HeldOutSet of(String sha256) {
        return new HeldOutSet(sha256, sha256);
    }
}
