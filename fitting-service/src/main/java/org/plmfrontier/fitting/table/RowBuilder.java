package org.plmfrontier.fitting.table;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Checks the numbers of rows, whatever they were read from, and makes D and C of steps where a file has none. What cannot be
 * used becomes a finding. Not thread-safe.
 */
public final class RowBuilder {
    private static final double LARGEST_N = 1e15;
    private static final double LARGEST_D = 1e18;
    private static final double SMALLEST_D = 100;
    private static final double LARGEST_LOSS = 100;
    /** Runs whose sizes are held, since patterns take time; each row may be a run. */
    private static final int REMEMBERED = 10_000;

    /** Names places in sentences. */
    @FunctionalInterface
    public interface Places {
        /** For example "line 3, column loss". */
        String of(int line, Column column);
    }

    private final RunSizes sizes;
    private final LossUnit unit;
    private final FindingLog findings;
    private final Places places;
    private final Map<String, RunSize> known = new HashMap<>();
    private boolean dividesFlops;

    /**
     * For the rows of one reading.
     *
     * @param unit of the losses
     * @param findings receives what is wrong
     */
    public RowBuilder(RunSizes sizes, LossUnit unit, FindingLog findings, Places places) {
        this.sizes = sizes;
        this.unit = unit;
        this.findings = findings;
        this.places = places;
    }

    /** N as it is known of the run. */
    public OptionalDouble parameters(int line, String run) {
        OptionalDouble known = size(run).parameters();
        if (known.isEmpty()) {
            found(Finding.Kind.BAD_VALUE, Column.N, line, run, sizes.withoutParameters(run));
        }
        return known;
    }

    /** C as it follows from the step; empty where it does not. */
    public OptionalDouble flops(String run, OptionalDouble step) {
        return times(step, size(run).flopsPerStep());
    }

    /**
     * D as it follows from the step: by tokens per step, else as C / 6 N.
     *
     * @param parameters N
     * @param flops C, empty where unknown
     */
    public OptionalDouble tokens(int line, String run, OptionalDouble step, double parameters, OptionalDouble flops) {
        OptionalDouble perStep = size(run).tokensPerStep();
        OptionalDouble tokens = times(step, perStep);
        if (tokens.isPresent()) {
            return bounded(Column.D, tokens, tokens.getAsDouble() + " (step x tokens per step)", line, run);
        }
        if (perStep.isEmpty() && flops.isPresent() && flops.getAsDouble() > 0) {
            OptionalDouble quotient = OptionalDouble.of(flops.getAsDouble() / (6 * parameters));
            if (!dividesFlops) {
                dividesFlops = true;
                found(
                        Finding.Kind.COLUMN_CHOSEN,
                        Column.D,
                        line,
                        "",
                        "FLOPs are known and tokens are not: D is C / 6 N, from here on");
            }
            return bounded(Column.D, quotient, quotient.getAsDouble() + " (C / 6 N)", line, run);
        }
        boolean stepless = size(run).saysTokens();
        found(
                Finding.Kind.BAD_VALUE,
                Column.D,
                line,
                run,
                stepless ? "there are no tokens without a positive step" : sizes.withoutTokens(run));
        return OptionalDouble.empty();
    }

    /**
     * The loss in nats.
     *
     * @param value as the file has it; empty where it is no number
     * @param text the same for messages
     */
    public OptionalDouble loss(OptionalDouble value, String text, int line, String run) {
        double nats = value.isPresent() && value.getAsDouble() > 0 ? unit.toNats(value.getAsDouble()) : Double.NaN;
        if (!(nats > 0)) {
            String what = unit == LossUnit.PERPLEXITY && value.isPresent()
                    ? "'" + text + "' is no perplexity, which is above 1"
                    : notPositive(text);
            found(Finding.Kind.BAD_VALUE, Column.LOSS, line, run, what);
            return OptionalDouble.empty();
        }
        if (nats > LARGEST_LOSS) {
            found(
                    Finding.Kind.ABSURD_UNITS,
                    Column.LOSS,
                    line,
                    run,
                    text + " is not between 0.0 and " + LARGEST_LOSS
                            + " nats; is it a perplexity? Then name the column with --columns perplexity=HEADER");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(nats);
    }

    /**
     * N or D, which must be positive and of a size that trainings have.
     *
     * @param value as the file has it; empty where it is no number
     * @param text the same for messages
     */
    public OptionalDouble bounded(Column column, OptionalDouble value, String text, int line, String run) {
        if (value.isEmpty() || !(value.getAsDouble() > 0)) {
            found(Finding.Kind.BAD_VALUE, column, line, run, notPositive(text));
            return OptionalDouble.empty();
        }
        double smallest = column == Column.D ? SMALLEST_D : 0;
        double largest = column == Column.D ? LARGEST_D : LARGEST_N;
        if (value.getAsDouble() < smallest || value.getAsDouble() > largest) {
            found(
                    Finding.Kind.ABSURD_UNITS,
                    column,
                    line,
                    run,
                    text + " is not between " + smallest + " and " + largest
                            + "; is it in another unit? Then say which, as in --columns " + column.label()
                            + "=HEADER*1e6");
            return OptionalDouble.empty();
        }
        return value;
    }

    /** Adds a finding whose sentence begins with its place. */
    public void found(Finding.Kind kind, Column column, int line, String run, String what) {
        findings.add(new Finding(kind, line, column.label(), run, places.of(line, column) + ": " + what));
    }

    private RunSize size(String run) {
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        return sizes.isEmpty() ? RunSize.UNKNOWN : known.computeIfAbsent(run, sizes::of);
    }

    private static OptionalDouble times(OptionalDouble step, OptionalDouble perStep) {
        return step.isPresent() && step.getAsDouble() > 0 && perStep.isPresent()
                ? OptionalDouble.of(step.getAsDouble() * perStep.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String notPositive(String text) {
        return text.isEmpty() ? "is blank, not a positive number" : "'" + text + "' is not a positive number";
    }
}
