package org.plmfrontier.fitting.live;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.study.ImportNote;
import org.plmfrontier.fitting.study.Origin;
import org.plmfrontier.fitting.study.Run;

/** The runs of one family as the methods need them. */
final class FamilyData {
    private FamilyData() {}

    /** Runs of a file as it names them, which is how they are fitted without the service; of old imports nobody knows. */
    private static final Comparator<RunFit> AS_IN_FILE =
            Comparator.comparing(fit -> ordinal(fit.run()), Comparator.nullsFirst(Comparator.naturalOrder()));

    static StudyData of(Collection<RunFit> runs, Optional<ImportNote> note) {
        if (note.isEmpty()) {
            return CurveStudy.of(curves(runs), uniqueTokens(runs), Convention.STUDY);
        }
        List<RunFit> sorted = runs.stream().sorted(AS_IN_FILE).toList();
        return TableStudy.of(
                sorted.stream().map(run -> run.run().curve()).toList(),
                curves(sorted),
                convention(runs, note.get()),
                note.get().excluded());
    }

    private static List<SmoothedCurve> curves(Collection<RunFit> runs) {
        return runs.stream().flatMap(run -> run.smoothed().result().stream()).toList();
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

    /** What C of the runs really is: the file's, 6 N D, or the one in some runs and the other in the rest. */
    private static Convention convention(Collection<RunFit> runs, ImportNote note) {
        long given = runs.stream()
                .filter(fit -> note.hasFlops() && !isComputed(fit.run()))
                .count();
        Convention.Compute compute = given == 0
                ? Convention.Compute.SIX_ND
                : given == runs.size() ? Convention.Compute.AS_GIVEN : Convention.Compute.MIXED;
        return new Convention(Convention.Parameters.AS_GIVEN, Convention.Tokens.AS_GIVEN, compute);
    }

    /** Whether C of an imported run is 6 N D although the file has a column for it. */
    private static boolean isComputed(Run run) {
        return run.origin()
                .filter(Origin.Imported.class::isInstance)
                .map(origin -> Boolean.TRUE.equals(((Origin.Imported) origin).computedFlops()))
                .orElse(false);
    }

    private static @Nullable Integer ordinal(Run run) {
        return run.origin()
                .filter(Origin.Imported.class::isInstance)
                .map(origin -> ((Origin.Imported) origin).ordinal())
                .orElse(null);
    }
}
