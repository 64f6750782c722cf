package org.plmfrontier.dataset.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.dataset.evaluation.EvaluationStore.Asked;
import org.plmfrontier.dataset.evaluation.EvaluationStore.KeptState;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.RunMarks;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;
import org.plmfrontier.dataset.source.Sources;
import org.plmfrontier.dataset.study.StudyRun;
import org.plmfrontier.dataset.study.StudyStore;

/**
 * Evaluations of studies. Each is asked of every run at the end of each budget, once; one that is added later is asked of the
 * budgets that have ended as well. One that is wanted within runs is asked at the ends of the slices that were cut for it, whose
 * states trainers keep until they are released: behind all that is asked of them, in the same partition. What a crash leaves
 * unsaid is asked at the next look, perhaps twice, and its result counts once. Thread-safe.
 */
public final class StudyEvaluations {
    private static final int MOST_PER_STUDY = 50;

    private final EvaluationStore store;
    private final StudyStore studies;
    private final EvaluationLog log;
    private final Sources sources;
    private final Function<String, LoadProfile> profiles;

    /**
     * An evaluation of a study, and of how many states it was asked.
     *
     * @param asked states of runs that trainers were asked to evaluate, done or not
     * @param missed places within runs where it is not asked although it is wanted there: the slices had been cut
     */
    public record StudyEvaluation(PlannedEvaluation planned, int asked, int missed) {}

    public StudyEvaluations(
            EvaluationStore store,
            StudyStore studies,
            EvaluationLog log,
            Sources sources,
            Function<String, LoadProfile> profiles) {
        this.store = store;
        this.studies = studies;
        this.log = log;
        this.sources = sources;
        this.profiles = profiles;
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
            List<PlannedEvaluation> read = accepted(studyId, wanted);
            T submitted = submission.get();
            store.add(studyId, read);
            return submitted;
        }
    }

    /** @throws UnknownException where there is no such study */
    public List<StudyEvaluation> of(String studyId) {
        requireStudy(studyId);
        Set<Asked> asked = store.asked(studyId);
        return store.of(studyId).stream()
                .map(planned -> new StudyEvaluation(
                        planned,
                        Math.toIntExact(asked.stream()
                                .filter(one -> one.record() > 0
                                        && one.hash().equals(planned.spec().hash()))
                                .count()),
                        missed(studyId, planned, asked)))
                .toList();
    }

    private int missed(String studyId, PlannedEvaluation planned, Set<Asked> asked) {
        Double percent = planned.everyPercent();
        if (percent == null) {
            return 0;
        }
        Map<String, List<KeptState>> kept = keptStates(studyId);
        long missed = 0;
        for (StudyRun run : studies.runs(studyId)) {
            String id = run.spec().runId();
            Set<Long> there = kept.getOrDefault(id, List.of()).stream()
                    .filter(state -> state.percents().contains(percent))
                    .map(KeptState::record)
                    .collect(Collectors.toSet());
            LoadProfile profile = profiles.apply(run.spec().corpus().id());
            missed += RunMarks.of(run.spec(), profile, List.of(percent)).keySet().stream()
                    .filter(record -> record <= run.plannedTo() && !there.contains(record))
                    .filter(record ->
                            !asked.contains(new Asked(id, record, planned.spec().hash())))
                    .count();
        }
        return Math.toIntExact(missed);
    }

    private Map<String, List<KeptState>> keptStates(String studyId) {
        return store.keptStates(studyId).stream().collect(Collectors.groupingBy(KeptState::runId));
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
                .flatMap(evaluation -> evaluation.spec().data().stream())
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
        Set<String> concerned = new TreeSet<>(store.studies());
        concerned.addAll(store.studiesWithKeptStates());
        for (String study : concerned) {
            if (studies.find(study).isPresent()) {
                count += askDue(study);
            }
        }
        return count;
    }

    private int askDue(String study) {
        DueEvaluations due = new DueEvaluations(store.of(study), store.asked(study), keptStates(study));
        studies.runs(study).forEach(due::look);
        if (!due.jobs().isEmpty()) {
            log.publish(due.jobs());
            store.asked(study, due.asked());
            store.released(due.released());
        }
        return due.jobs().size();
    }

    /** Files of what is refused are not kept. */
    private List<PlannedEvaluation> accepted(String studyId, List<WantedEvaluation> wanted) throws IOException {
        try {
            List<PlannedEvaluation> read = read(wanted);
            requireRoom(studyId, read);
            return read;
        } catch (RefusedException | ConflictException e) {
            sweep();
            throw e;
        }
    }

    private List<PlannedEvaluation> read(List<WantedEvaluation> wanted) throws IOException {
        List<PlannedEvaluation> read = new ArrayList<>();
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
            EvaluationSpec spec = new EvaluationSpec(one.name(), one.kind(), new TreeMap<>(one.options()), data);
            read.add(new PlannedEvaluation(spec, one.everyPercent()));
        }
        return read;
    }

    private void requireRoom(String studyId, List<PlannedEvaluation> added) {
        Map<String, PlannedEvaluation> known =
                store.of(studyId).stream().collect(Collectors.toMap(PlannedEvaluation::name, planned -> planned));
        Set<String> names = new TreeSet<>(known.keySet());
        for (PlannedEvaluation evaluation : added) {
            PlannedEvaluation there = known.get(evaluation.name());
            if (there != null && !there.equals(evaluation)) {
                throw new ConflictException("study " + studyId + " has another evaluation named " + evaluation.name()
                        + (there.spec().equals(evaluation.spec())
                                ? ", with everyPercent " + there.everyPercent() + "; remove that first"
                                : ""));
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
