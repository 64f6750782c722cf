package org.plmfrontier.dataset.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Schedule;

/**
 * What can be trained and is hardly meant: a sentence for each kind that occurs, about the run in which it is worst.
 *
 * @param flopsPerSecond how fast the trainers are together; empty where that is not known
 * @param device how fast one device is
 */
public record PlanWarnings(OptionalDouble flopsPerSecond, DeviceSpeed device) {
    /** Up to which repeated data are nearly as good as new ones (Muennighoff et al. 2023, section 1). */
    private static final double CHEAP_EPOCHS = 4;

    /** Beyond which they teach next to nothing (Muennighoff et al. 2023, section 6). */
    private static final double MOST_EPOCHS = 40;

    /** The largest protein language model that was published, xTrimoPGLM, has 1e11. */
    private static final double MOST_PARAMETERS = 1e11;

    /** What one device has at most today, bytes. */
    private static final double LARGEST_DEVICE = 192e9;

    /** Share of its peak below which a rate changes hardly anything any more. */
    private static final double DEAD_RATE = 0.01;

    /** Published peaks: 1e-5 (Serrano et al. 2024, ProGen2's largest) to 2e-3 (ProtBERT, with LAMB). */
    private static final double LOWEST_RATE = 1e-5;

    private static final double HIGHEST_RATE = 2e-3;

    /** Smaller models stand higher rates; nothing is published of them. */
    private static final double SMALLEST_PUBLISHED = 5e6;

    private static final double HIGHEST_SMALL_RATE = 2e-2;

    private static final double DOMINANT_SHARE = 0.5;
    private static final double LONG_HOURS = 24;
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double SECONDS_PER_YEAR = 365.25 * 86_400;

    /**
     * One that occurs.
     *
     * @param field of the request that it comes from
     */
    public record Warning(String field, String sentence) {}

    /** What is odd about runs of a study. */
    public List<Warning> of(List<RunSpec> runs) {
        List<Warning> warnings = new ArrayList<>();
        Stream.of(
                        epochs(runs),
                        warmUp(runs),
                        deadRate(runs),
                        untriedRate(runs),
                        parameters(runs),
                        memory(runs),
                        dominant(runs),
                        years(runs))
                .flatMap(Optional::stream)
                .forEach(warnings::add);
        return List.copyOf(warnings);
    }

    private static Optional<Warning> epochs(List<RunSpec> runs) {
        RunSpec run = worst(runs, PlanWarnings::epochs);
        if (epochs(run) <= CHEAP_EPOCHS) {
            return Optional.empty();
        }
        String consequence = epochs(run) > MOST_EPOCHS
                ? "beyond about %.0f epochs repeated data teach next to nothing".formatted(MOST_EPOCHS)
                : "beyond about %.0f epochs repeated data teach less than new ones".formatted(CHEAP_EPOCHS);
        return warning(
                "tokenBudgets",
                "run %s reads its corpus of %,d tokens %,.0f times; %s, and losses beyond %.0f epochs are left out of the fits",
                run.runId(),
                run.corpus().tokens(),
                epochs(run),
                consequence,
                CHEAP_EPOCHS);
    }

    private static Optional<Warning> warmUp(List<RunSpec> runs) {
        return runs.stream()
                .filter(run -> run.budgets().getFirst().tokens()
                        <= run.recipe().schedule().warmupTokens())
                .findFirst()
                .flatMap(run -> warning(
                        "tokenBudgets[0]",
                        "the budget of %.3g tokens of run %s ends within its warm-up of %.3g tokens: its loss is the warm-up's, not the model's",
                        run.budgets().getFirst().tokens(),
                        run.runId(),
                        run.recipe().schedule().warmupTokens()));
    }

    /** A cosine ends low because its run ends; an exponential decay goes on below any use. */
    private static Optional<Warning> deadRate(List<RunSpec> runs) {
        return runs.stream()
                .filter(run -> run.recipe().schedule() instanceof Schedule.TokenDecay)
                .max(Comparator.comparingDouble(PlanWarnings::tokens))
                .filter(run -> lastRate(run) < DEAD_RATE * peak(run))
                .flatMap(run -> warning(
                        "recipe.schedule",
                        "the learning rate of run %s has fallen to %.1g of its peak when it ends: budgets from there on are the same model, and a plateau is the schedule's",
                        run.runId(),
                        lastRate(run) / peak(run)));
    }

    private static Optional<Warning> untriedRate(List<RunSpec> runs) {
        return runs.stream()
                .filter(run -> peak(run) < LOWEST_RATE || peak(run) > highestRate(run))
                .findFirst()
                .flatMap(run -> warning(
                        "recipe.schedule.peakLearningRate",
                        "the peak learning rate %.3g of run %s lies outside of %.0e to %.0e, at which models of its size have been trained",
                        peak(run),
                        run.runId(),
                        LOWEST_RATE,
                        highestRate(run)));
    }

    private static Optional<Warning> parameters(List<RunSpec> runs) {
        RunSpec run = worst(runs, PlanWarnings::parameters);
        return parameters(run) <= MOST_PARAMETERS
                ? Optional.empty()
                : warning(
                        "shapes",
                        "run %s has %.1e parameters, more than any protein language model that was published",
                        run.runId(),
                        parameters(run));
    }

    private static Optional<Warning> memory(List<RunSpec> runs) {
        RunSpec run = worst(runs, PlanWarnings::memoryBytes);
        double bytes = memoryBytes(run);
        return bytes <= LARGEST_DEVICE
                ? Optional.empty()
                : warning(
                        "shapes",
                        "run %s takes at least %,.0f GB of memory%s for weights, gradients and moments, more than one device has%s",
                        run.runId(),
                        bytes / 1e9,
                        GridBounds.eachOf(run.recipe()),
                        run.recipe().gradientShards() == 1
                                ? "; with shards in its recipe it takes about half of that of each of several devices"
                                : "");
    }

    private Optional<Warning> dominant(List<RunSpec> runs) {
        RunSpec run = worst(runs, this::hours);
        double all = runs.stream().mapToDouble(this::hours).sum();
        return runs.size() < 2 || hours(run) <= DOMINANT_SHARE * all || hours(run) < LONG_HOURS
                ? Optional.empty()
                : warning(
                        "tokenBudgets",
                        "run %s takes about %,.0f of the %,.0f device-hours of the study: it cannot be over earlier, however many trainers there are, unless its recipe has shards and its trainer several devices",
                        run.runId(),
                        hours(run),
                        all);
    }

    private Optional<Warning> years(List<RunSpec> runs) {
        double flops = runs.stream().mapToDouble(RunSpec::expectedFlops).sum();
        if (flopsPerSecond.isEmpty() || flops / flopsPerSecond.getAsDouble() <= SECONDS_PER_YEAR) {
            return Optional.empty();
        }
        return warning(
                "tokenBudgets",
                "at %.1e FLOP/s, what the trainers did of late or what was stated, the study takes %,.1f years",
                flopsPerSecond.getAsDouble(),
                flops / flopsPerSecond.getAsDouble() / SECONDS_PER_YEAR);
    }

    /** Time of one device at a run. */
    public double hours(RunSpec run) {
        return run.expectedFlops() / device.at(run) / SECONDS_PER_HOUR;
    }

    /** Weights, gradients and moments of a run on a device, one of as many as it has shards, bytes; activations come on top. */
    public static double memoryBytes(RunSpec run) {
        return GridBounds.leastBytes(run.shape(), run.recipe());
    }

    private static RunSpec worst(List<RunSpec> runs, ToDoubleFunction<RunSpec> measure) {
        return runs.stream().max(Comparator.comparingDouble(measure)).orElseThrow();
    }

    private static double tokens(RunSpec run) {
        return run.budgets().getLast().tokens();
    }

    private static double epochs(RunSpec run) {
        return tokens(run) / run.corpus().tokens();
    }

    private static double parameters(RunSpec run) {
        return ParameterCount.of(run.shape()).exact();
    }

    private static double peak(RunSpec run) {
        return run.recipe().schedule().peakLearningRate();
    }

    private static double lastRate(RunSpec run) {
        return run.recipe().schedule().learningRate(tokens(run));
    }

    private static double highestRate(RunSpec run) {
        return parameters(run) < SMALLEST_PUBLISHED ? HIGHEST_SMALL_RATE : HIGHEST_RATE;
    }

    private static Optional<Warning> warning(String field, String format, Object... values) {
        return Optional.of(new Warning(field, String.format(Locale.ROOT, format, values)));
    }
}
