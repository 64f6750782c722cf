package org.plmfrontier.contracts.evaluation;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file that an evaluation reads.
 *
 * @param role what it is to the evaluation, for example {@code scores}, {@code wildType}, {@code training}
 * @param name file name, for people, and for reading by its ending
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param bytes its size
 */
public record EvaluationData(String role, String name, String sha256, long bytes) {
    /** Bytes of a part, as files lie on their topics; the last part is shorter. */
    public static final int PART_BYTES = 1 << 19;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public EvaluationData {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(name, "name");
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 of " + role + " must be 64 hexadecimal digits, got " + sha256);
        }
        if (bytes <= 0) {
            throw new IllegalArgumentException(role + " '" + name + "' is empty");
        }
    }

    /** In how many parts it lies on its topic. */
    public long parts() {
        return Math.ceilDiv(bytes, PART_BYTES);
    }
}
