package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rows of one run and one N in the file's order: does D go back, and is that a run that was resumed, a file in no
 * order, or a count of tokens that began anew? Keeps a bounded number of rows, whatever the run's length. Not thread-safe.
 *
 * <p>A run that was resumed has rows of two branches over the same D: those of the earlier branch from the resumption on do
 * not belong to the model that was trained. Where rows go back and forth every few rows, or where parts of a run lie one behind
 * the other, nothing contradicts anything, and the rows are merely out of order.
 */
public final class RunOrder {
    /** More branches than that are no resumptions. */
    private static final int MOST_BRANCHES = 1000;
    /** D of rows that are remembered to see them again. */
    private static final int REMEMBERED = 10_000;
    /** Rows of a branch on average where some D comes again, and where none does. */
    private static final double FEWEST_REPEATED = 2;

    private static final double FEWEST_NEW = 4;
    /** Row counts at which common exporters stop. */
    private static final Set<Integer> CAPS = Set.of(500, 1000, 1500, 10_000, 100_000);

    /** Rows of ascending D. */
    private static final class Branch {
        private final int line;
        private final double from;
        private double to;

        Branch(int line, double tokens) {
            this.line = line;
            from = tokens;
            to = tokens;
        }

        boolean overlaps(Branch earlier) {
            return earlier.from < to && earlier.to >= from;
        }
    }

    /**
     * Rows that a later branch replaces.
     *
     * @param beforeLine lines before this one
     * @param fromTokens with at least this D
     */
    public record Replaced(int beforeLine, double fromTokens) {
        boolean holds(TableRow row) {
            return row.line() < beforeLine && row.tokens() >= fromTokens;
        }
    }

    private final List<Branch> branches = new ArrayList<>();
    private final Set<Double> seen = new HashSet<>(0);
    private @Nullable TableRow first;
    private @Nullable TableRow last;
    private @Nullable Finding tokensFall;
    private @Nullable Finding stepsFall;
    private int lastLine = Integer.MAX_VALUE;
    private int beyond;
    private int rows;
    private int repeats;
    private boolean hasSteps;
    private boolean oneD = true;

    /** The next row in the file's order. */
    public void add(TableRow row) {
        rows++;
        if (lastLine < Integer.MAX_VALUE) {
            beyond++;
            return;
        }
        TableRow before = last;
        last = row;
        hasSteps |= row.step().isPresent();
        if (before == null) {
            first = row;
            branches.add(new Branch(row.line(), row.tokens()));
            return;
        }
        if (seen.size() < REMEMBERED) {
            seen.add(before.tokens());
        }
        oneD &= row.tokens() == before.tokens();
        if (row.tokens() < before.tokens() && compareSteps(before, row) > 0) {
            lastLine = before.line();
            beyond++;
            tokensFall = tokensFall(before, row);
            return;
        }
        if (row.tokens() < before.tokens()) {
            branch(row);
        } else if (row.tokens() > before.tokens() && compareSteps(before, row) < 0 && stepsFall == null) {
            stepsFall = stepsFall(before, row);
        }
        if (branches.size() > 1 && seen.contains(row.tokens())) {
            repeats++;
        }
        branches.getLast().to = row.tokens();
    }

    private void branch(TableRow row) {
        if (branches.size() <= MOST_BRANCHES) {
            branches.add(new Branch(row.line(), row.tokens()));
        }
    }

    /** Rows of the run that later branches replace; none where the run was not resumed. */
    public List<Replaced> replaced() {
        double mean = (double) (rows - beyond) / branches.size();
        if (branches.size() > MOST_BRANCHES || mean < (repeats > 0 ? FEWEST_REPEATED : FEWEST_NEW)) {
            return List.of();
        }
        List<Replaced> replaced = new ArrayList<>();
        for (int i = 1; i < branches.size(); i++) {
            Branch later = branches.get(i);
            if (branches.subList(0, i).stream().anyMatch(later::overlaps)) {
                replaced.add(new Replaced(later.line, later.from));
            }
        }
        return replaced;
    }

    /** The line behind which rows of the run are set apart, since their D was counted anew. */
    public int lastLine() {
        return lastLine;
    }

    /** Whether the run's rows are no curve but trainings repeated at one D, as with several seeds. */
    public boolean isRepeatedTraining() {
        return rows > 1 && oneD && !hasSteps && lastLine == Integer.MAX_VALUE;
    }

    /**
     * What was found.
     *
     * @param setApart rows that {@link #replaced} holds
     */
    public List<Finding> findings(long setApart) {
        List<Finding> findings = new ArrayList<>();
        List<Replaced> replaced = replaced();
        if (!replaced.isEmpty()) {
            findings.add(resumed(replaced, setApart));
        } else if (branches.size() > 1) {
            findings.add(
                    found(
                            Finding.Kind.OUT_OF_ORDER,
                            branches.get(1).line,
                            Column.D,
                            "D goes back from row to row, though no stretch of the run comes twice: the rows are taken ascending by D"));
        }
        if (tokensFall != null) {
            findings.add(new Finding(
                    tokensFall.kind(),
                    tokensFall.line(),
                    tokensFall.column(),
                    tokensFall.run(),
                    tokensFall.sentence()
                            + ": D was counted anew, the " + beyond
                            + " rows from there on are set apart; write D as step"
                            + " times tokens per step"));
        }
        Optional.ofNullable(stepsFall).ifPresent(findings::add);
        if (CAPS.contains(rows)) {
            findings.add(found(
                    Finding.Kind.CAPPED_EXPORT,
                    last == null ? 0 : last.line(),
                    null,
                    "the run has exactly " + rows + " rows, where exporters cut off or sample"));
        }
        return findings;
    }

    private Finding resumed(List<Replaced> replaced, long setApart) {
        Replaced one = replaced.getFirst();
        String again = replaced.size() == 1 ? "" : ", and " + (replaced.size() - 1) + " times more";
        return found(
                Finding.Kind.RESUMED_RUN,
                one.beforeLine(),
                Column.D,
                String.format(
                        Locale.ROOT,
                        "the run goes back to D %.4g%s: the later branch stands, %d rows of earlier ones are set apart; if these"
                                + " are several trainings, give each a name, or say which column tells them apart with"
                                + " --columns group=HEADER",
                        one.fromTokens(),
                        again,
                        setApart));
    }

    private Finding tokensFall(TableRow before, TableRow row) {
        return found(
                Finding.Kind.TOKENS_FALL,
                row.line(),
                Column.D,
                "D falls from " + before.tokens() + " to " + row.tokens() + " although the step rises");
    }

    private Finding stepsFall(TableRow before, TableRow row) {
        return found(
                Finding.Kind.STEPS_FALL,
                row.line(),
                Column.STEP,
                "the step falls from " + before.step().orElse(0) + " to "
                        + row.step().orElse(0) + " although D rises: the rows are taken by D");
    }

    private Finding found(Finding.Kind kind, int line, @Nullable Column column, String what) {
        String run = first == null ? "" : first.run();
        return Finding.at(kind, line, column == null ? "" : column.label(), run, what);
    }

    /** Positive where the step rises, 0 where it is not known. */
    private static int compareSteps(TableRow before, TableRow row) {
        OptionalDouble from = before.step();
        OptionalDouble to = row.step();
        return from.isPresent() && to.isPresent() ? Double.compare(to.getAsDouble(), from.getAsDouble()) : 0;
    }
}
