package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.fitting.curve.CurveBins;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.RunCurve;
import org.plmfrontier.fitting.table.TableRow;

/**
 * Rows of one run and one N of an imported table.
 *
 * @param rows ascending by D
 */
record TableRun(String id, List<TableRow> rows) {
    RunCurve curve() {
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            TableRow row = rows.get(i);
            points.add(
                    new CurvePoint(i + 1L, row.tokens(), row.flops(), row.flops(), row.lossNats(), row.learningRate()));
        }
        return RunCurve.of(id, rows.get(0).parameters(), points);
    }

    TableRow last() {
        return rows.get(rows.size() - 1);
    }

    /** Whether there are enough different C to smooth. */
    boolean isCurve() {
        return rows.stream().mapToDouble(TableRow::flops).distinct().count() >= CurveBins.FEWEST;
    }

    /** Whether the last learning rate known lies far below the highest. */
    boolean decayed() {
        double[] rates = rows.stream()
                .flatMapToDouble(row -> row.learningRate().stream())
                .toArray();
        return rates.length > 0
                && rates[rates.length - 1]
                        < LossCurve.DECAYED * Arrays.stream(rates).max().orElseThrow();
    }

    /** Unique tokens by the file's column, else by its epochs, else all. */
    static double unique(TableRow row) {
        double byEpochs = row.tokens() / Math.max(1, row.epochs().orElse(1));
        return Math.min(row.tokens(), row.uniqueTokens().orElse(byEpochs));
    }
}
