package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.fitting.parametric.Observation;
import org.plmfrontier.fitting.table.TableRow;

/**
 * Chooses the rows that stand for final losses.
 *
 * <ul>
 *   <li>A run whose rows make a curve, or whose learning rate has decayed, counts once, by its last row.
 *   <li>Of a run with fewer different C than a curve needs every row counts, as the end of a budget of its own.
 *   <li>Rows beyond {@value #MOST_EPOCHS} epochs are left out: repeated data are not new data (Muennighoff et al. 2023 find
 *       up to four epochs nearly as good as new).
 * </ul>
 */
final class FinalRows {
    static final double MOST_EPOCHS = 4;

    private final double mostEpochs;

    /**
     * A choice.
     *
     * @param mostEpochs rows beyond are left out
     */
    FinalRows(double mostEpochs) {
        this.mostEpochs = mostEpochs;
    }

    /**
     * What was chosen.
     *
     * @param losses run by run
     * @param leftOut the other rows
     */
    record Chosen(List<FinalLoss> losses, LeftOutRows leftOut) {}

    Chosen chosen(List<TableRun> runs) {
        List<FinalLoss> finals = new ArrayList<>();
        LeftOutRows leftOut = LeftOutRows.NONE;
        for (TableRun run : runs) {
            List<TableRow> fresh = run.rows().stream()
                    .filter(row -> row.tokens() <= mostEpochs * TableRun.unique(row))
                    .toList();
            boolean once = run.isCurve() || run.decayed();
            int from = once ? Math.max(0, fresh.size() - 1) : 0;
            leftOut = leftOut.plus(new LeftOutRows(run.rows().size() - fresh.size(), from));
            fresh.subList(from, fresh.size()).forEach(row -> finals.add(loss(run.id(), row)));
        }
        return new Chosen(finals, leftOut);
    }

    private static FinalLoss loss(String run, TableRow row) {
        return new FinalLoss(
                new Observation(run, row.parameters(), row.tokens(), row.lossNats()),
                row.flops(),
                TableRun.unique(row));
    }
}
