package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;

/** What can be trained and is hardly meant. */
public final class PlanWarnings {
    /** Epochs beyond which repeated data teach next to nothing (Muennighoff et al. 2023, section 6: about 40). */
    private static final double MOST_EPOCHS = 40;
    /** The largest protein language model that was published, xTrimoPGLM, has 1e11. */
    private static final double MOST_PARAMETERS = 1e11;

    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    private PlanWarnings() {}

    /**
     * A sentence for each kind that occurs, about the run in which it is worst.
     *
     * @param flopsPerSecond how fast the trainers are together; empty where that is not known
     */
    public static List<String> of(List<RunSpec> runs, OptionalDouble flopsPerSecond) {
        List<String> warnings = new ArrayList<>();
        runs.stream()
                .max((one, other) -> Double.compare(epochs(one), epochs(other)))
                .filter(run -> epochs(run) > MOST_EPOCHS)
                .ifPresent(run -> warnings.add(said(
                        "run %s reads its corpus of %,d tokens %,.0f times; beyond about %.0f epochs repeated data teach next to nothing",
                        run.runId(), run.corpus().tokens(), epochs(run), MOST_EPOCHS)));
        runs.stream()
                .max((one, other) -> Double.compare(parameters(one), parameters(other)))
                .filter(run -> parameters(run) > MOST_PARAMETERS)
                .ifPresent(run -> warnings.add(said(
                        "run %s has %.1e parameters, more than any protein language model that was published; its training takes at least %,.0f GB of memory",
                        run.runId(), parameters(run), GridBounds.leastBytes(run.shape()) / 1e9)));
        if (flopsPerSecond.isPresent()) {
            double flops = runs.stream().mapToDouble(RunSpec::expectedFlops).sum();
            double years = flops / flopsPerSecond.getAsDouble() / SECONDS_PER_YEAR;
            if (years > 1) {
                warnings.add(said(
                        "at %.1e FLOP/s, what the trainers did of late or what was stated, the study takes %,.1f years",
                        flopsPerSecond.getAsDouble(), years));
            }
        }
        return List.copyOf(warnings);
    }

    private static double epochs(RunSpec run) {
        return run.budgets().getLast().tokens() / run.corpus().tokens();
    }

    private static double parameters(RunSpec run) {
        return ParameterCount.of(run.shape()).exact();
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
