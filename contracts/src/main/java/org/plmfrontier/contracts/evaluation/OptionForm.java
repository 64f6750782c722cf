package org.plmfrontier.contracts.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the value of an evaluation's option must be, which can be told before any trainer reads it. How large a number may be is the
 * trainer's to say.
 *
 * @param words what it must be, for a sentence
 * @param suits whether a value, without blanks around it, is that
 */
public record OptionForm(String words, Predicate<String> suits) {
    static final OptionForm WHOLE = new OptionForm("a whole number", OptionForm::isWhole);
    static final OptionForm POSITIVE = new OptionForm("a positive number", OptionForm::isPositive);
    static final OptionForm FLAG = oneOf("true", "false");
    /** Whatever the trainer understands. */
    static final OptionForm TEXT = new OptionForm("a text", value -> !value.isEmpty());

    static OptionForm oneOf(String... values) {
        List<String> all = List.of(values);
        return new OptionForm("one of " + all, all::contains);
    }

    /** Why a value is none, as the end of a sentence that begins with the option; empty for one that may be. */
    public Optional<String> problem(String value) {
        return suits.test(value.strip()) ? Optional.empty() : Optional.of("must be " + words + ", got '" + value + "'");
    }

    private static boolean isWhole(String value) {
        try {
            Integer.parseInt(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isPositive(String value) {
        try {
            double number = Double.parseDouble(value);
            return number > 0 && number < Double.MAX_VALUE;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
