package org.plmfrontier.fitting.quantity;

/**
 * Something a reader must know before trusting a result.
 *
 * @param code stable name for programs, upper case with underscores
 * @param sentence what was seen, with its figures, for people
 */
public record Flag(String code, String sentence) {
    public Flag {
        if (!code.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("code must be upper case with underscores, got " + code);
        }
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("sentence of flag " + code + " is blank");
        }
    }
}
