package org.plmfrontier.trainer.downstream;

import java.util.Optional;
import java.util.OptionalDouble;

/** An option that is a positive number, with a fraction or not. */
public final class PositiveOption {
    private PositiveOption() {}

    /**
     * The number, empty where it is not given.
     *
     * @throws UnusableDataException where it is none, with the option's name
     */
    public static OptionalDouble read(EvaluationOptions options, String name) throws UnusableDataException {
        Optional<String> text = options.text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get().strip());
            if (value > 0 && value < Double.MAX_VALUE) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new UnusableDataException("option " + name + " must be a positive number, got '" + text.get() + "'");
    }
}
