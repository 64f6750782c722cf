package org.plmfrontier.fitting.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.analysis.FinalRows.Chosen;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.isoflop.IsoFlopProfile;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.parametric.RepeatedData;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

/** Makes the data of all methods from an imported table of one group. */
public final class TableStudy {
    private TableStudy() {}

    /**
     * A study from the rows of a table.
     *
     * @throws IllegalArgumentException if the table has several groups: corpora, mask ratios, tokenizers or held-out sets
     *     must not be mixed in one fit
     */
    public static StudyData of(LossTable table) {
        List<String> groups = table.groups();
        if (groups.size() > 1) {
            throw new IllegalArgumentException("the table has the groups " + String.join(", ", groups)
                    + ", which must not be mixed in one fit: choose one");
        }
        List<String> excluded = new ArrayList<>();
        List<TableRun> runs = runs(table);
        List<SmoothedCurve> curves = runs.stream()
                .filter(run -> run.rows().size() > 1)
                .flatMap(run -> SmoothedCurve.of(run.curve(), Stiffness.crossValidated()).result().stream())
                .toList();
        List<Chosen> losses = new FinalRows(excluded, FinalRows.MOST_EPOCHS).chosen(runs);
        List<Chosen> repeated = new FinalRows(new ArrayList<>(), Double.POSITIVE_INFINITY).chosen(runs);
        List<IsoFlopProfile> equalCompute = FinalRows.profiles(runs);
        return new StudyData(
                table.convention(),
                curves,
                Observations.of(losses.stream().map(Chosen::loss).toList()),
                new RepeatedData(
                        Observations.of(repeated.stream().map(Chosen::loss).toList()),
                        repeated.stream().mapToDouble(Chosen::uniqueTokens).toArray()),
                equalCompute.size() >= 2 ? equalCompute : CurveStudy.profiles(curves),
                excluded);
    }

    private record Key(String run, double parameters) {}

    private static List<TableRun> runs(LossTable table) {
        Map<Key, List<TableRow>> byRun = new LinkedHashMap<>();
        for (TableRow row : table.rows()) {
            byRun.computeIfAbsent(new Key(row.run(), row.parameters()), key -> new ArrayList<>())
                    .add(row);
        }
        long names = byRun.keySet().stream().map(Key::run).distinct().count();
        List<TableRun> runs = new ArrayList<>();
        byRun.forEach((key, rows) -> {
            rows.sort(Comparator.comparingDouble(TableRow::tokens).thenComparingInt(TableRow::line));
            String id = names == byRun.size() ? key.run() : key.run() + " (N " + key.parameters() + ")";
            runs.add(new TableRun(id, rows));
        });
        return runs;
    }
}
