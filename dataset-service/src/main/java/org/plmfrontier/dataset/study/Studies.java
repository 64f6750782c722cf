package org.plmfrontier.dataset.study;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.plan.DeviceSpeed;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.PlannedRun;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;

/**
 * The studies. Slices are cut for a horizon of each run, further ones as those are trained. They are stored before they are
 * published; what a crash left unpublished is published later, job by job where one is missing. Thread-safe.
 */
public final class Studies {
    /**
     * @param study the study
     * @param created whether this request created it
     */
    public record Submitted(Study study, boolean created) {}

    private final StudyStore store;
    private final JobLog jobs;
    private final Function<String, Corpus> corpora;
    private final Slicing slicing;
    private final Duration workPerTrainer;
    private final InstantSource clock;
    private final CorpusLoads loads;
    private final OpenJobs open;

    /** Studies whose next slices are stored, and perhaps not all on the topic. */
    private final Set<String> cut = new HashSet<>();

    /**
     * The studies of a store.
     *
     * @param corpora corpus id to corpus; throws {@link UnknownException} where there is none
     * @param workPerTrainer device time that is worth a trainer of its own
     */
    public Studies(
            StudyStore store,
            JobLog jobs,
            Function<String, Corpus> corpora,
            Slicing slicing,
            Duration workPerTrainer,
            InstantSource clock) {
        this.workPerTrainer = workPerTrainer;
        this.store = store;
        this.loads = new CorpusLoads(store);
        this.jobs = jobs;
        this.open = new OpenJobs(store, jobs);
        this.corpora = corpora;
        this.slicing = slicing;
        this.clock = clock;
    }

    /**
     * Plans, stores and publishes a study; the same spec again gives the study that is there, extended or not, and
     * publishes what an earlier attempt left unpublished. A study that only the log knows goes on from where it stands.
     *
     * @throws RefusedException where the study cannot run, naming the field
     * @throws ConflictException where the id belongs to another spec, here or on the log, or the corpus has failed: its log
     *     may be gone
     */
    public Submitted submit(StudySpec spec) {
        return submit(spec, Set.of());
    }

    /**
     * As the other one, with slices of a new study that end where its evaluations want states.
     *
     * @param marks how far apart, in per cent of a run's compute
     */
    public synchronized Submitted submit(StudySpec spec, Set<Double> marks) {
        Optional<Study> known = store.find(spec.id());
        known.ifPresent(study -> requireSame(study, spec));
        boolean fresh = known.isEmpty() && create(spec, slicing.withMarks(marks));
        Study study = get(spec.id());
        if (!study.published()) {
            publish(study, fresh ? store.jobs(spec.id()) : open.missing(study));
        }
        return new Submitted(get(spec.id()), known.isEmpty());
    }

    /**
     * Gives a study further shapes, which become new runs, and larger budgets, with which its runs go on from where they
     * ended. Asking again changes nothing, but that what an earlier attempt left unpublished is published.
     *
     * @param budgets in the unit of the study's own
     * @throws UnknownException where there is no such study
     * @throws RefusedException where its runs cannot go on, naming the field
     */
    public synchronized Study extend(String id, List<ModelShape> shapes, List<Double> budgets) {
        Study known = get(id);
        StudySpec wanted = known.spec().extended(shapes, budgets);
        if (!wanted.equals(known.spec())) {
            Map<String, PlannedRun> runs = store.runs(id).stream()
                    .collect(Collectors.toMap(run -> run.spec().runId(), StudyRun::planned));
            store.extend(extension(wanted, runs, slicing.withMarks(store.marks(id))), clock.instant());
        }
        Study extended = get(id);
        if (!extended.published()) {
            publish(extended, open.missing(extended));
        }
        return get(id);
    }

    /** Publishes what is missing of studies that a crash left half published. */
    public synchronized void completePublication() {
        for (Study study : store.all()) {
            if (!study.published()) {
                publish(study, open.missing(study));
            } else if (study.jobsTo() == null && open.missing(study).isEmpty()) {
                store.published(study.id(), jobs.position().orElse(null));
            }
        }
    }

    /**
     * Cuts and publishes the next slices of runs whose slices run out. Studies that are half published, or whose jobs are lost,
     * wait until they are mended.
     *
     * @return how many slices were cut
     */
    public synchronized int cutAhead() {
        Map<String, List<StudyRun>> due = store.runsToCut().stream()
                .filter(run -> slicing.runsOut(run.planned(), run.position()))
                .collect(Collectors.groupingBy(run -> run.spec().studyId()));
        for (String id : Set.copyOf(cut)) {
            store.find(id).ifPresent(study -> publish(study, open.missing(study)));
            cut.remove(id);
        }
        int count = 0;
        for (Map.Entry<String, List<StudyRun>> ofStudy : due.entrySet()) {
            Study study = get(ofStudy.getKey());
            if (study.published() && !jobsAreLost(study)) {
                count += cutAhead(study, ofStudy.getValue());
            }
        }
        return count;
    }

    private int cutAhead(Study study, List<StudyRun> due) {
        double largest = store.runs(study.id()).stream()
                .mapToDouble(run -> run.spec().expectedFlops())
                .max()
                .orElseThrow();
        List<BatchJob> slices = StudyPlan.further(
                due.stream().map(StudyRun::planned).toList(),
                profile(study.spec().corpus()),
                slicing.withMarks(store.marks(study.id())),
                largest);
        cut.add(study.id());
        store.cut(study.id(), slices);
        jobs.publish(
                slices, due.stream().collect(Collectors.toMap(run -> run.spec().runId(), StudyRun::partition)));
        store.published(study.id(), jobs.position().orElse(null));
        cut.remove(study.id());
        return slices.size();
    }

    /**
     * Publishes again what the jobs topic has lost of a study: jobs that are not done and not on it. Where nothing is lost
     * nothing happens.
     *
     * @return how many jobs were published
     * @throws UnknownException where there is no such study
     * @throws ConflictException where the corpus has failed: trainers could not read it
     */
    public synchronized int repair(String id) {
        Study study = get(id);
        jobs.ensure();
        manifest(study.spec().corpus());
        List<BatchJob> missing = open.missing(study);
        publish(study, missing);
        return missing.size();
    }

    /**
     * Whether jobs of a study that are not done have gone from the topic: it was made anew, or set back to an older backup.
     * False while the broker does not say.
     */
    public boolean jobsAreLost(Study study) {
        LogPosition written = study.jobsTo();
        return written != null
                && study.published()
                && jobs.position().map(there -> !there.reaches(written)).orElse(false)
                && store.runs(study.id()).stream().anyMatch(StudyRun::isActive);
    }

    public Optional<Study> find(String id) {
        return store.find(id);
    }

    /** @throws UnknownException where there is no such study */
    public Study get(String id) {
        return store.find(id).orElseThrow(() -> new UnknownException("study", id));
    }

    /** All studies, oldest first. */
    public List<Study> all() {
        return store.all();
    }

    /** @throws UnknownException where there is no such study */
    public List<StudyRun> runs(String id) {
        return store.runs(get(id).id());
    }

    /** The work left over all studies, but those whose jobs are lost: no trainer could do it. */
    public Backlog backlog() {
        Set<String> lost =
                store.all().stream().filter(this::jobsAreLost).map(Study::id).collect(Collectors.toSet());
        List<StudyRun> active = store.activeRuns().stream()
                .filter(run -> !lost.contains(run.spec().studyId()))
                .toList();
        return Backlog.of(active, slicing, workPerTrainer);
    }

    /**
     * Tells trainers what to do with a run. A run that is resumed gets its open jobs again, since trainers let pass the
     * jobs of a stopped run; those that were not passed are repetitions, which trainers skip.
     *
     * @throws UnknownException where there is no such run
     * @throws ConflictException where the run is over
     */
    public synchronized RunCommand command(String runId, RunCommand.Action action, String reason, String by) {
        StudyRun run = store.run(runId).orElseThrow(() -> new UnknownException("run", runId));
        if (run.state().isFinal()) {
            throw new ConflictException("run " + runId + " is over: " + run.state());
        }
        RunCommand command = new RunCommand(runId, action, reason, by, clock.instant());
        jobs.command(command);
        if (action == RunCommand.Action.RESUME) {
            jobs.publish(open.of(run), Map.of(runId, run.partition()));
        }
        return command;
    }

    /**
     * The same command to every run of a study that is not over: STOP cancels it, RESUME goes on with it.
     *
     * @throws UnknownException where there is no such study
     * @throws ConflictException where every run is over
     */
    public synchronized List<RunCommand> commandAll(
            String studyId, RunCommand.Action action, String reason, String by) {
        List<RunCommand> commands = runs(studyId).stream()
                .filter(run -> !run.state().isFinal())
                .map(run -> command(run.spec().runId(), action, reason, by))
                .toList();
        if (commands.isEmpty()) {
            throw new ConflictException("every run of study " + studyId + " is over");
        }
        return commands;
    }

    /**
     * What a study would be, without storing or publishing anything.
     *
     * @throws RefusedException where the study cannot run, naming the field
     */
    public StudyPlan preview(StudySpec spec) {
        return preview(spec, Set.of());
    }

    /**
     * As the other one, with slices that end where evaluations want states.
     *
     * @param marks how far apart, in per cent of a run's compute
     */
    public StudyPlan preview(StudySpec spec, Set<Double> marks) {
        return plan(spec, slicing.withoutHorizon().withMarks(marks));
    }

    /**
     * A corpus as runs name it.
     *
     * @throws RefusedException where there is no such corpus, or it is not ready
     */
    CorpusRef corpus(String id) {
        return manifest(id).ref();
    }

    /** How fast one device is. */
    public DeviceSpeed deviceSpeed() {
        return slicing.time().speed();
    }

    private static void requireSame(Study known, StudySpec spec) {
        if (!known.spec().includes(spec)) {
            throw new ConflictException("study " + spec.id() + " exists with another specification");
        }
    }

    /** @return whether nothing of the study was published before */
    private boolean create(StudySpec spec, Slicing cuts) {
        List<LoggedRun> logged = store.loggedRuns(spec.id());
        if (logged.isEmpty()) {
            store.add(plan(spec, cuts), Map.of(), clock.instant());
        } else {
            adopt(spec, logged, cuts);
        }
        return logged.isEmpty();
    }

    private void adopt(StudySpec spec, List<LoggedRun> logged, Slicing cuts) {
        Set<String> ids = logged.stream().map(run -> run.spec().runId()).collect(Collectors.toSet());
        LostStudy lost = new LostStudy(spec.id(), logged, jobs.published(ids));
        StudyPlan fresh = plan(spec, cuts);
        lost.require(fresh.runs());
        StudyPlan plan = extension(spec, lost.known(fresh.partitions()), cuts).behind(lost.waiting());
        store.add(plan, lost.progress(), clock.instant());
    }

    private StudyPlan plan(StudySpec spec, Slicing cuts) {
        slicing.requireFits(spec);
        CorpusManifest manifest = manifest(spec.corpus());
        return StudyPlan.of(spec, manifest.ref(), profile(spec.corpus()), cuts, occupied(spec));
    }

    private StudyPlan extension(StudySpec spec, Map<String, PlannedRun> known, Slicing cuts) {
        slicing.requireFits(spec);
        CorpusManifest manifest = manifest(spec.corpus());
        return StudyPlan.extension(spec, manifest.ref(), profile(spec.corpus()), cuts, occupied(spec), known);
    }

    /**
     * Loads of a corpus's records.
     *
     * @throws RefusedException where there is no such corpus, or it is not ready
     */
    public LoadProfile profile(String corpus) {
        return loads.of(corpus);
    }

    private StudyPlan.Occupied occupied(StudySpec spec) {
        double[] busy = new double[jobs.partitions()];
        store.activeRuns().forEach(run -> busy[run.partition() % busy.length] += run.remainingFlops());
        return new StudyPlan.Occupied(busy, store.deletedRuns(spec.id()));
    }

    private CorpusManifest manifest(String corpusId) {
        Corpus corpus;
        try {
            corpus = corpora.apply(corpusId);
        } catch (UnknownException e) {
            throw new RefusedException("corpus", String.valueOf(e.getMessage()));
        }
        if (corpus.state() == CorpusState.FAILED) {
            throw new ConflictException("corpus " + corpusId + " has failed: " + corpus.error());
        }
        CorpusManifest manifest = corpus.manifest();
        if (manifest == null) {
            throw new RefusedException("corpus", "corpus " + corpusId + " is " + corpus.state() + ", not READY");
        }
        return manifest;
    }

    private void publish(Study study, List<BatchJob> missing) {
        List<StudyRun> runs = store.runs(study.id());
        jobs.announce(runs.stream()
                .map(run -> new RunPlanned(run.spec(), study.createdAt()))
                .toList());
        jobs.publish(
                missing,
                runs.stream().collect(Collectors.toMap(run -> run.spec().runId(), StudyRun::partition)));
        store.published(study.id(), jobs.position().orElse(null));
    }
}
