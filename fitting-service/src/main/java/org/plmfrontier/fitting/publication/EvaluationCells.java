package org.plmfrontier.fitting.publication;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.fitting.curve.CurvePoint;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/** The held-out losses of a run as cells of CSV, beside the step that each was evaluated behind; empty at other steps. */
public final class EvaluationCells {
    /** Names of the cells, each behind a comma. */
    public static final String HEADER =
            ",selected_nats,mask_nats,mask_residues,random_nats,random_residues,unchanged_nats,unchanged_residues";

    private static final String NOTHING = ",,,,,,,";

    private final Map<Double, FinalPoint> byTokens;

    public EvaluationCells(Run run) {
        byTokens = run.curve().finals().stream()
                .collect(Collectors.toMap(FinalPoint::tokens, Function.identity(), (first, second) -> second));
    }

    /** Whether a study has an evaluation with parts. */
    public static boolean anyIn(Study study) {
        return study.knownRuns().stream()
                .flatMap(run -> run.curve().finals().stream())
                .anyMatch(point -> point.parts() != null);
    }

    /** The cells of a step's row, each behind a comma. */
    public String at(CurvePoint step) {
        FinalPoint point = byTokens.get(step.tokens());
        if (point == null) {
            return NOTHING;
        }
        LossParts parts = point.parts();
        return "," + point.lossNats()
                + (parts == null ? ",,,,,," : cells(parts.mask()) + cells(parts.random()) + cells(parts.unchanged()));
    }

    private static String cells(@Nullable LossPart part) {
        return part == null ? ",," : "," + part.lossNats() + "," + part.residues();
    }
}
