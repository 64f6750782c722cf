package org.plmfrontier.trainer.downstream;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;

/** The options of an evaluation, read with the option named in every refusal. */
public final class EvaluationOptions {
    private final EvaluationSpec spec;

    /**
     * Options of a kind.
     *
     * @throws UnusableDataException where another is given
     */
    public EvaluationOptions(EvaluationSpec spec) throws UnusableDataException {
        this.spec = spec;
        Set<String> known = spec.kind().options();
        for (String option : spec.options().keySet()) {
            if (!known.contains(option)) {
                throw new UnusableDataException("evaluation '" + spec.name() + "' has the option '" + option + "', "
                        + spec.kind() + " knows " + new TreeSet<>(known));
            }
        }
    }

    public Optional<String> text(String option) {
        return spec.option(option);
    }

    /** A whole number from {@code least} to {@code most}. */
    public int whole(String option, int usual, int least, int most) throws UnusableDataException {
        String text = spec.option(option).orElse(Integer.toString(usual));
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new UnusableDataException(
                "option " + option + " must be a whole number from " + least + " to " + most + ", got '" + text + "'");
    }
}
