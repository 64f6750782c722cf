package org.plmfrontier.contracts.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the value of an evaluation's option looks like, which can be told before any trainer reads it. How large a number may be is
 * the trainer's to say.
 *
 * @param words what it must be, for a sentence
 */
public record OptionForm(String words, Pattern pattern) {
    /** A whole number of at most nine digits. */
    static final OptionForm WHOLE = new OptionForm("a whole number", Pattern.compile("-?[0-9]{1,9}"));

    /** A number above zero. */
    static final OptionForm POSITIVE = new OptionForm(
            "a positive number", Pattern.compile("([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?"));

    /** Yes or no. */
    static final OptionForm FLAG = oneOf("true", "false");

    /** Whatever the trainer understands. */
    static final OptionForm TEXT = new OptionForm("a text", Pattern.compile("(?s).+"));

    static OptionForm oneOf(String... values) {
        return new OptionForm(
                "one of " + List.of(values),
                Pattern.compile(Arrays.stream(values).map(Pattern::quote).collect(Collectors.joining("|"))));
    }

    /** Why a value is none, as the end of a sentence that begins with the option; empty for one that may be. */
    public Optional<String> problem(String value) {
        return pattern.matcher(value.strip()).matches()
                ? Optional.empty()
                : Optional.of("must be " + words + ", got '" + value + "'");
    }
}
