package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
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
            points.add(new CurvePoint(
                    i + 1L,
                    row.tokens(),
                    row.flops(),
                    row.flops(),
                    row.lossNats(),
                    row.learningRate().orElse(0)));
        }
        return RunCurve.of(id, rows.get(0).parameters(), points);
    }

    TableRow last() {
        return rows.get(rows.size() - 1);
    }
}
