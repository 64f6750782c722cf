package org.plmfrontier.fitting.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.Origin;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

/** The runs of one family as the methods need them. */
final class FamilyData {
    private FamilyData() {}

    static StudyData of(Collection<RunFit> runs, Optional<ImportNote> note) {
        List<SmoothedCurve> curves =
                runs.stream().flatMap(run -> run.smoothed().result().stream()).toList();
        if (note.isEmpty()) {
            return CurveStudy.of(curves, uniqueTokens(runs), Convention.STUDY);
        }
        StudyData finals = TableStudy.of(table(runs, note.get()));
        return new StudyData(
                finals.convention(),
                curves,
                finals.observations(),
                finals.repeated(),
                finals.profiles().size() >= 2
                        ? finals.profiles()
                        : CurveStudy.of(curves, Map.of(), finals.convention()).profiles(),
                note.get().excluded());
    }

    private static Map<String, Double> uniqueTokens(Collection<RunFit> runs) {
        Map<String, Double> tokens = new HashMap<>();
        for (RunFit fit : runs) {
            fit.run()
                    .spec()
                    .ifPresent(spec ->
                            tokens.put(fit.run().runId(), (double) spec.corpus().tokens()));
        }
        return tokens;
    }

    /** The finals of imported runs as the rows that they were. */
    private static LossTable table(Collection<RunFit> runs, ImportNote note) {
        List<TableRow> rows = new ArrayList<>();
        for (RunFit fit : runs) {
            for (FinalPoint point : fit.run().curve().finals()) {
                rows.add(row(rows.size() + 2, fit.run(), point, note.hasFlops() && !isComputed(fit.run())));
            }
        }
        return new LossTable(rows, List.of(), note.hasFlops());
    }

    /** Whether C of an imported run is 6 N D although the file has a column for it. */
    private static boolean isComputed(Run run) {
        return run.origin()
                .filter(Origin.Imported.class::isInstance)
                .map(origin -> Boolean.TRUE.equals(((Origin.Imported) origin).computedFlops()))
                .orElse(false);
    }

    private static TableRow row(int line, Run run, FinalPoint point, boolean hasFlops) {
        return new TableRow(
                line,
                run.runId(),
                run.parameters(),
                point.tokens(),
                hasFlops ? OptionalDouble.of(point.computeFlops()) : OptionalDouble.empty(),
                point.lossNats(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "");
    }
}
