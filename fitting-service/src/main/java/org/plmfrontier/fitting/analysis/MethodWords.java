package org.plmfrontier.fitting.analysis;

import java.util.Objects;

/**
 * A method in words, the same on the page, in reports and in documentation.
 *
 * @param key name in results, on the command line and in REST
 * @param name in one or two words
 * @param detail what tells it from others of its kind, in one or two words
 * @param sentence the method in words, to stand behind "by"
 * @param used what it counts as used: curves, budgets or losses
 * @param coefficients its coefficients by name, with their meaning
 */
public record MethodWords(String key, String name, String detail, String sentence, String used, String coefficients) {
    public MethodWords {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(sentence, "sentence");
        Objects.requireNonNull(used, "used");
        Objects.requireNonNull(coefficients, "coefficients");
    }
}
