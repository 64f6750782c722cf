package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.source.Sources;
import org.plmfrontier.dataset.study.StudyRun;
import org.plmfrontier.dataset.study.StudyStore;

/**
 * Evaluations of studies. Each is asked of every run at the end of each budget, once; one that is added later is asked of the
 * budgets that have ended as well. What a crash leaves unsaid is asked at the next look, perhaps twice, and its result counts
 * once. Thread-safe.
 */
public final class StudyEvaluations {
    private static final int MOST_PER_STUDY = 50;

    private final EvaluationStore store;
    private final StudyStore studies;
    private final EvaluationLog log;
    private final Sources sources;

    /**
     * An evaluation of a study, and of how many states it was asked.
     *
     * @param asked states of runs that trainers were asked to evaluate, done or not
     */
    public record StudyEvaluation(EvaluationSpec evaluation, int asked) {}

    public StudyEvaluations(EvaluationStore store, StudyStore studies, EvaluationLog log, Sources sources) {
        this.store = store;
        this.studies = studies;
        this.log = log;
        this.sources = sources;
    }

    /**
     * Reads the files of evaluations, then submits their study, then adds them to it; without evaluations, the study alone.
     *
     * @param studyId of the study that is submitted
     * @throws RefusedException where a file cannot be used; then the study is not submitted
     * @throws ConflictException where the study has another evaluation of such a name
     */
    public <T> T with(String studyId, List<WantedEvaluation> wanted, Supplier<T> submission) throws IOException {
        if (wanted.isEmpty()) {
            return submission.get();
        }
        synchronized (this) {
            List<EvaluationSpec> read = accepted(studyId, wanted);
            T submitted = submission.get();
            store.add(studyId, read);
            return submitted;
        }
    }

    /** @throws UnknownException where there is no such study */
    public List<StudyEvaluation> of(String studyId) {
        requireStudy(studyId);
        Map<String, Long> asked =
                store.asked(studyId).stream().collect(Collectors.groupingBy(Asked::hash, Collectors.counting()));
        return store.of(studyId).stream()
                .map(spec -> new StudyEvaluation(spec, Math.toIntExact(asked.getOrDefault(spec.hash(), 0L))))
                .toList();
    }

    /**
     * Takes an evaluation from a study: it is asked no more. Its results stay. Added again, it is asked anew.
     *
     * @throws UnknownException where there is no such study or evaluation
     */
    public synchronized void remove(String studyId, String name) {
        requireStudy(studyId);
        if (!store.remove(studyId, name)) {
            throw new UnknownException("evaluation", name);
        }
        sweep();
    }

    /** States that were asked for and that no trainer has evaluated yet; empty while the broker does not say. */
    public OptionalLong waiting() {
        return log.waiting();
    }

    /** Deletes the files that no study's evaluation reads any more. */
    public synchronized void sweep() {
        log.keepOnly(store.studies().stream()
                .flatMap(study -> store.of(study).stream())
                .flatMap(evaluation -> evaluation.data().stream())
                .map(EvaluationData::sha256)
                .collect(Collectors.toSet()));
    }

    /**
     * Asks for what is due.
     *
     * @return how many jobs were published
     */
    public synchronized int askDue() {
        int count = 0;
        for (String study : store.studies()) {
            if (studies.find(study).isPresent()) {
                count += askDue(study);
            }
        }
        return count;
    }

    private int askDue(String study) {
        Set<Asked> asked = store.asked(study);
        List<EvaluationSpec> evaluations = store.of(study);
        Map<Asked, EvaluationJob> due = new LinkedHashMap<>();
        for (StudyRun run : studies.runs(study)) {
            for (RunSpec.Budget budget : run.spec().budgets()) {
                for (EvaluationSpec evaluation : evaluations) {
                    Asked state = new Asked(run.spec().runId(), budget.endRecord(), evaluation.hash());
                    if (budget.endRecord() <= run.position() && !asked.contains(state)) {
                        due.put(state, new EvaluationJob(run.spec(), budget.endRecord(), evaluation));
                    }
                }
            }
        }
        if (!due.isEmpty()) {
            log.publish(List.copyOf(due.values()));
            store.asked(study, due.keySet());
        }
        return due.size();
    }

    /** Files of what is refused are not kept. */
    private List<EvaluationSpec> accepted(String studyId, List<WantedEvaluation> wanted) throws IOException {
        try {
            List<EvaluationSpec> read = read(wanted);
            requireRoom(studyId, read);
            return read;
        } catch (RefusedException | ConflictException e) {
            sweep();
            throw e;
        }
    }

    private List<EvaluationSpec> read(List<WantedEvaluation> wanted) throws IOException {
        List<EvaluationSpec> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (WantedEvaluation one : wanted) {
            if (!names.add(one.name())) {
                throw new RefusedException(one.field() + ".name", one.field() + ".name repeats '" + one.name() + "'");
            }
            List<EvaluationData> data = new ArrayList<>();
            for (Map.Entry<String, List<String>> role : one.files().entrySet()) {
                for (int i = 0; i < role.getValue().size(); i++) {
                    String field = one.field() + ".files." + role.getKey() + "[" + i + "]";
                    try (EvaluationFile file = EvaluationFile.read(
                            sources, field, role.getKey(), role.getValue().get(i))) {
                        log.keep(file.about(), file.copy());
                        data.add(file.about());
                    }
                }
            }
            read.add(new EvaluationSpec(one.name(), one.kind(), new TreeMap<>(one.options()), data));
        }
        return read;
    }

    private void requireRoom(String studyId, List<EvaluationSpec> added) {
        Map<String, EvaluationSpec> known =
                store.of(studyId).stream().collect(Collectors.toMap(EvaluationSpec::name, spec -> spec));
        Set<String> names = new TreeSet<>(known.keySet());
        for (EvaluationSpec evaluation : added) {
            EvaluationSpec there = known.get(evaluation.name());
            if (there != null && !there.equals(evaluation)) {
                throw new ConflictException("study " + studyId + " has another evaluation named " + evaluation.name());
            }
            names.add(evaluation.name());
        }
        if (names.size() > MOST_PER_STUDY) {
            throw new RefusedException(
                    "evaluations",
                    "study " + studyId + " would have " + names.size() + " evaluations, at most " + MOST_PER_STUDY);
        }
    }

    private void requireStudy(String studyId) {
        if (studies.find(studyId).isEmpty()) {
            throw new UnknownException("study", studyId);
        }
    }
}
