package org.plmfrontier.dataset.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;
import org.plmfrontier.dataset.evaluation.EvaluationStore.KeptState;
import org.plmfrontier.dataset.study.StudyRun;

/** What is to be asked of the runs of a study, and which of their kept states are to be released. For one use. */
final class DueEvaluations {
    /** A run goes on from the state of its last slice, or of the one before it where that is damaged. */
    private static final int SLICES_NEEDED = 2;

    private final List<PlannedEvaluation> evaluations;
    private final Set<Asked> before;
    private final Map<String, List<KeptState>> kept;
    private final Map<Asked, EvaluationJob> due = new LinkedHashMap<>();
    private final Map<KeptState, EvaluationJob> releases = new LinkedHashMap<>();

    /**
     * Nothing is looked at yet.
     *
     * @param before what was asked already
     * @param kept run id to its states that are not released
     */
    DueEvaluations(List<PlannedEvaluation> evaluations, Set<Asked> before, Map<String, List<KeptState>> kept) {
        this.evaluations = evaluations;
        this.before = before;
        this.kept = kept;
    }

    /** Looks at a run where it stands. */
    void look(StudyRun run) {
        for (RunSpec.Budget budget : run.spec().budgets()) {
            if (budget.endRecord() <= run.position()) {
                evaluations.forEach(evaluation -> ask(run, budget.endRecord(), evaluation));
            }
        }
        for (KeptState state : kept.getOrDefault(run.spec().runId(), List.of())) {
            if (state.record() <= run.position() && !askAll(run, state) && isPassed(run, state)) {
                releases.put(state, EvaluationJob.release(run.spec(), state.record()));
            }
        }
    }

    /** Whether anything was left to ask: what is asked now may be asked again, if that is not remembered. */
    private boolean askAll(StudyRun run, KeptState state) {
        boolean any = false;
        for (PlannedEvaluation evaluation : evaluations) {
            Double percent = evaluation.everyPercent();
            if (percent != null && state.percents().contains(percent)) {
                any |= ask(run, state.record(), evaluation);
            }
        }
        return any;
    }

    private boolean ask(StudyRun run, long record, PlannedEvaluation evaluation) {
        Asked state = new Asked(run.spec().runId(), record, evaluation.spec().hash());
        if (before.contains(state)) {
            return false;
        }
        due.put(state, new EvaluationJob(run.spec(), record, evaluation.spec()));
        return true;
    }

    private static boolean isPassed(StudyRun run, KeptState state) {
        return run.progress().lastSlice() >= state.slice() + SLICES_NEEDED
                || run.state().isFinal() && state.record() < run.position();
    }

    /** What is to be published, releases behind what is asked. */
    List<EvaluationJob> jobs() {
        List<EvaluationJob> jobs = new ArrayList<>(due.values());
        jobs.addAll(releases.values());
        return jobs;
    }

    Set<Asked> asked() {
        return due.keySet();
    }

    Set<KeptState> released() {
        return releases.keySet();
    }
}
