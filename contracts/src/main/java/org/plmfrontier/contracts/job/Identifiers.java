package org.plmfrontier.contracts.job;

import java.util.regex.Pattern;

/** The one rule for ids of studies and runs, which become Kafka keys, file names and URL segments. */
public final class Identifiers {
    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private Identifiers() {}

    /**
     * Checks an id.
     *
     * @throws IllegalArgumentException where it is none, with the field and the value
     */
    public static void require(String field, String value) {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + " must be 1 to 100 of a-z, 0-9, '.', '_', '-' and start with a letter or digit, got '"
                            + value + "'");
        }
    }
}
