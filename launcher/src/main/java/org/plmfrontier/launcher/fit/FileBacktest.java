package org.plmfrontier.launcher.fit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.forecast.Backtest;
import org.plmfrontier.fitting.forecast.Forecaster;
import org.plmfrontier.fitting.forecast.Losses;
import org.plmfrontier.fitting.forecast.PlainIntervals;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.OptimaTable;

/**
 * How well the larger runs of a file could have been forecast from its smaller ones.
 *
 * @param view of the final losses of the file that were taken
 * @param findings what is wrong with the file, by line
 */
public record FileBacktest(BacktestView view, List<Finding> findings) {
    /** Of more losses so many are taken, evenly over their compute: time grows with the cube of their number. */
    private static final int MOST = 240;

    /**
     * Reads a file and forecasts its past.
     *
     * @param group the group to take where the file has several
     * @throws BadInputException where the file is no table of losses, or holds no usable row
     */
    public static FileBacktest of(LossFile file, @Nullable String group) throws BadInputException {
        try {
            return switch (file.read()) {
                case LossTable table -> of(file, group == null ? table : table.group(group));
                case OptimaTable optima ->
                    throw new BadInputException(
                            file.file() + " is a table of optima without losses, which has no past to forecast", null);
            };
        } catch (IllegalArgumentException e) {
            throw new BadInputException(file.file() + ": " + e.getMessage(), e);
        }
    }

    private static FileBacktest of(LossFile file, LossTable table) throws BadInputException {
        if (table.rows().isEmpty()) {
            throw FileFit.unusable(file, table.findings(), null);
        }
        Observations finals = TableStudy.of(table).observations();
        Losses losses = Losses.of(finals.parameters(), finals.tokens(), finals.lossNats())
                .thinned(MOST);
        Backtest backtest = Backtest.of(losses);
        return new FileBacktest(
                BacktestView.of(
                        losses.size(),
                        losses.size() < Forecaster.FEWEST
                                ? Map.of()
                                : Forecaster.of(losses).weights(),
                        backtest,
                        Backtest.of(losses, PlainIntervals::of).rows()),
                table.findings());
    }

    /** Whether anything could be forecast. */
    public boolean hasPast() {
        return !view.rows().isEmpty();
    }

    /** Why nothing could; empty where something was. */
    public String reason() {
        return view.reason() == null ? "" : view.reason();
    }

    /** A table for people. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d final losses; each row: losses of about k times a cutoff's compute (6 N D), forecast from those up to it%n%n",
                view.losses()));
        text.append(String.format(
                Locale.ROOT,
                "%3s %8s %9s | %8s %7s %7s %7s | %s%n",
                "k",
                "cutoffs",
                "forecasts",
                "coverage",
                "width",
                "score",
                "error",
                "the same by plain intervals"));
        for (int i = 0; i < view.rows().size(); i++) {
            Backtest.Row row = view.rows().get(i);
            Backtest.Row other = view.plain().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%3d %8d %9d | %6.0f %% %5.1f %% %5.1f %% %5.1f %% | %6.0f %% %5.1f %% %5.1f %% %5.1f %%%n",
                    row.k(),
                    row.cutoffs(),
                    row.forecasts(),
                    100 * row.coverage(),
                    100 * row.width(),
                    100 * row.intervalScore(),
                    100 * row.medianError(),
                    100 * other.coverage(),
                    100 * other.width(),
                    100 * other.intervalScore(),
                    100 * other.medianError()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%ncoverage: share of losses within their 95 %% interval; width, score (Gneiting and Raftery 2007, lower is better)"
                        + " and median error in per cent of the loss%nlaws: %s%n",
                view.weights().entrySet().stream()
                        .map(law -> String.format(Locale.ROOT, "%s %.0f %%", law.getKey(), 100 * law.getValue()))
                        .collect(Collectors.joining(", "))));
        return text.toString();
    }
}
