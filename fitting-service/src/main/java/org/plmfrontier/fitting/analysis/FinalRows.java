package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.fitting.curve.Domain;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.isoflop.IsoFlopPoint;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.table.TableRow;

/**
 * Chooses the rows that stand for final losses.
 *
 * <ul>
 *   <li>A run whose learning rate has decayed gives its last row alone: its other rows are no finished models.
 *   <li>A run of more than {@value #STEPWISE} rows is a step-by-step curve and gives {@value #CUTS} smoothed losses from its
 *       last factor {@value #LATE} of compute: its early steps follow another law, and thousands of its steps are no
 *       thousands of runs.
 *   <li>Rows beyond {@value #MOST_EPOCHS} epochs are left out: repeated data are not new data (Muennighoff et al. 2023 find
 *       up to four epochs nearly as good as new).
 *   <li>Every other row counts.
 * </ul>
 */
final class FinalRows {
    static final int STEPWISE = 100;
    static final int CUTS = 10;
    static final double LATE = 30;
    static final double MOST_EPOCHS = 4;
    private static final double DECAYED = 0.5;
    /** Budgets that differ by less count as equal. */
    private static final double SAME_BUDGET = 1.01;

    private final List<String> excluded;
    private final double mostEpochs;

    /**
     * A choice.
     *
     * @param excluded receives one sentence per reason for which rows were left out
     * @param mostEpochs rows beyond are left out
     */
    FinalRows(List<String> excluded, double mostEpochs) {
        this.excluded = excluded;
        this.mostEpochs = mostEpochs;
    }

    /** A loss that stands for a finished model, and the unique tokens U that it has seen. */
    record Chosen(Observation loss, double uniqueTokens) {}

    List<Chosen> chosen(List<TableRun> runs) {
        List<Chosen> observations = new ArrayList<>();
        int repeated = 0;
        int unfinished = 0;
        int condensed = 0;
        for (TableRun run : runs) {
            List<TableRow> fresh = run.rows().stream()
                    .filter(row -> row.tokens() <= mostEpochs * unique(row))
                    .toList();
            repeated += run.rows().size() - fresh.size();
            if (fresh.isEmpty()) {
                continue;
            }
            TableRun rest = new TableRun(run.id(), fresh);
            if (decayed(rest)) {
                unfinished += fresh.size() - 1;
                observations.add(observation(run.id(), rest.last()));
            } else if (fresh.size() > STEPWISE) {
                condensed += fresh.size();
                observations.addAll(cuts(rest));
            } else {
                fresh.forEach(row -> observations.add(observation(run.id(), row)));
            }
        }
        say(repeated, "%d rows beyond %.0f epochs are left out of surfaces", mostEpochs);
        say(unfinished, "%d rows before the end of a decaying learning rate are left out of surfaces");
        say(condensed, "%d rows of step-by-step curves enter surfaces as smoothed losses of each run's late part");
        return observations;
    }

    /** Rows at equal C, where at least three sizes have it. */
    static List<IsoFlopProfile> profiles(List<TableRun> runs) {
        List<TableRow> rows = runs.stream()
                .flatMap(run -> run.rows().stream())
                .sorted(Comparator.comparingDouble(TableRow::flops))
                .toList();
        List<IsoFlopProfile> profiles = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to = from;
            double budget = rows.get(from).flops();
            while (to < rows.size() && rows.get(to).flops() <= SAME_BUDGET * budget) {
                to++;
            }
            List<IsoFlopPoint> points = rows.subList(from, to).stream()
                    .map(row -> new IsoFlopPoint(row.parameters(), row.tokens(), row.lossNats()))
                    .toList();
            if (points.stream().mapToDouble(IsoFlopPoint::parameters).distinct().count() >= CurveStudy.FEWEST_SIZES) {
                profiles.add(new IsoFlopProfile(budget, points));
            }
            from = to;
        }
        return profiles;
    }

    private static boolean decayed(TableRun run) {
        double highest = run.rows().stream()
                .mapToDouble(row -> row.learningRate().orElse(0))
                .max()
                .orElse(0);
        return highest > 0 && run.last().learningRate().orElse(highest) < DECAYED * highest;
    }

    private static List<Chosen> cuts(TableRun run) {
        List<Chosen> cuts = new ArrayList<>();
        SmoothedCurve.of(run.curve(), Stiffness.crossValidated()).result().ifPresent(curve -> {
            double end = curve.domain().maxFlops();
            double start = Math.max(curve.domain().minFlops(), end / LATE);
            for (double flops : new Domain(start, end).logSpaced(CUTS)) {
                double tokens = curve.run().tokensAt(flops);
                cuts.add(new Chosen(
                        new Observation(run.id(), curve.run().parameters(), tokens, curve.lossAt(flops)),
                        Math.min(tokens, unique(run.last()))));
            }
        });
        return cuts;
    }

    private static Chosen observation(String run, TableRow row) {
        return new Chosen(new Observation(run, row.parameters(), row.tokens(), row.lossNats()), unique(row));
    }

    /** Unique tokens by the file's column, else by its epochs, else all. */
    private static double unique(TableRow row) {
        double byEpochs = row.tokens() / Math.max(1, row.epochs().orElse(1));
        return Math.min(row.tokens(), row.uniqueTokens().orElse(byEpochs));
    }

    private void say(int count, String sentence, Object... more) {
        if (count > 0) {
            Object[] figures = new Object[more.length + 1];
            figures[0] = count;
            System.arraycopy(more, 0, figures, 1, more.length);
            excluded.add(String.format(Locale.ROOT, sentence, figures));
        }
    }
}
