package org.plmfrontier.fitting.live;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.analysis.CurveStudy;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.curve.SmoothedCurve;
import org.plmfrontier.fitting.quantity.Convention;
import org.plmfrontier.fitting.study.ImportNote;

/** The runs of one family as the methods need them. */
final class FamilyData {
    private FamilyData() {}

    static StudyData of(Collection<RunFit> runs, Optional<ImportNote> note) {
        List<SmoothedCurve> curves =
                runs.stream().flatMap(run -> run.smoothed().result().stream()).toList();
        if (note.isEmpty()) {
            return CurveStudy.of(curves, uniqueTokens(runs), Convention.STUDY);
        }
        return TableStudy.of(
                runs.stream().map(run -> run.run().curve()).toList(),
                curves,
                note.get().hasFlops() ? Convention.IMPORTED : Convention.SIX_ND,
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
}
