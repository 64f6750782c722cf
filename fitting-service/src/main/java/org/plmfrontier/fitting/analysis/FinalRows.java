package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    List<FinalLoss> chosen(List<TableRun> runs) {
        List<FinalLoss> finals = new ArrayList<>();
        int repeated = 0;
        int unfinished = 0;
        for (TableRun run : runs) {
            List<TableRow> fresh = run.rows().stream()
                    .filter(row -> row.tokens() <= mostEpochs * TableRun.unique(row))
                    .toList();
            repeated += run.rows().size() - fresh.size();
            boolean once = run.isCurve() || run.decayed();
            int from = once ? Math.max(0, fresh.size() - 1) : 0;
            unfinished += from;
            fresh.subList(from, fresh.size()).forEach(row -> finals.add(loss(run.id(), row)));
        }
        say(repeated, "%d rows beyond %.0f epochs are left out of surfaces", mostEpochs);
        say(unfinished, "%d rows before the end of their curve are no final losses");
        return finals;
    }

    private static FinalLoss loss(String run, TableRow row) {
        return new FinalLoss(
                new Observation(run, row.parameters(), row.tokens(), row.lossNats()),
                row.flops(),
                TableRun.unique(row));
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
