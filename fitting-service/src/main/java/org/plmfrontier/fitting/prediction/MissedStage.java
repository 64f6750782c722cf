package org.plmfrontier.fitting.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/**
 * A stage of a run that was not sealed in time and never will be.
 *
 * @param reason one sentence
 */
public record MissedStage(String runId, int stagePercent, String reason) {
    static final String OUTCOME = "the final loss was known before this stage was sealed";
    static final String OVERTAKEN = "the next stage was reached before this one was sealed";

    /** All of a study. */
    public static List<MissedStage> of(Study study, Predicate<Prediction.Key> sealed) {
        List<MissedStage> missed = new ArrayList<>();
        for (Run run : study.knownRuns()) {
            if (run.spec().isPresent()) {
                addOf(run, sealed, missed);
            }
        }
        return List.copyOf(missed);
    }

    private static void addOf(Run run, Predicate<Prediction.Key> sealed, List<MissedStage> missed) {
        boolean known = Predictions.outcome(run, run.budgetTokens()).isPresent();
        int reached = Predictions.stage(run).percent();
        for (Stage stage : Stage.values()) {
            boolean over = known || stage.percent() < reached;
            Prediction.Key key = new Prediction.Key(run.runId(), stage.percent(), run.budgetTokens());
            if (over && !sealed.test(key)) {
                missed.add(new MissedStage(run.runId(), stage.percent(), known ? OUTCOME : OVERTAKEN));
            }
        }
    }
}
