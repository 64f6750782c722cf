package org.plmfrontier.dataset.study;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunCommand;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.plan.PlannedRun;
import org.plmfrontier.dataset.plan.Slicing;
import org.plmfrontier.dataset.plan.StudyPlan;
import org.plmfrontier.dataset.plan.StudySpec;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.refusal.UnknownException;

/**
 * The studies. A study is stored with all its slices before anything is published; what a crash left unpublished is
 * published later, job by job where one is missing. Thread-safe.
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
    private final InstantSource clock;

    /** @param corpora corpus id to corpus; throws {@link UnknownException} where there is none */
    public Studies(
            StudyStore store, JobLog jobs, Function<String, Corpus> corpora, Slicing slicing, InstantSource clock) {
        this.store = store;
        this.jobs = jobs;
        this.corpora = corpora;
        this.slicing = slicing;
        this.clock = clock;
    }

    /** A job as it lies on the topic. */
    private record Place(String runId, int slice, long fromRecord, long toRecord) {
        static Place of(BatchJob job) {
            return new Place(job.run().runId(), job.slice(), job.fromRecord(), job.toRecord());
        }
    }

    /**
     * Plans, stores and publishes a study; the same spec again gives the study that is there, extended or not, and
     * publishes what an earlier attempt left unpublished. A study that only the log knows goes on from where it stands.
     *
     * @throws RefusedException where the study cannot run, naming the field
     * @throws ConflictException where the id belongs to another spec, here or on the log, or the corpus has failed: its log
     *     may be gone
     */
    public synchronized Submitted submit(StudySpec spec) {
        Optional<Study> known = store.find(spec.id());
        known.ifPresent(study -> requireSame(study, spec));
        boolean fresh = known.isEmpty() && create(spec);
        Study study = get(spec.id());
        if (!study.published()) {
            publish(study, fresh ? store.jobs(spec.id()) : missing(study));
        }
        return new Submitted(get(spec.id()), known.isEmpty());
    }

    /**
     * Gives a study further shapes, which become new runs, and larger budgets, with which its runs go on from where they
     * ended. Asking again changes nothing, but that what an earlier attempt left unpublished is published.
     *
     * @throws UnknownException where there is no such study
     * @throws RefusedException where its runs cannot go on, naming the field
     */
    public synchronized Study extend(String id, List<ModelShape> shapes, List<Double> tokenBudgets) {
        Study known = get(id);
        StudySpec wanted = known.spec().extended(shapes, tokenBudgets);
        if (!wanted.equals(known.spec())) {
            Map<String, PlannedRun> runs = store.runs(id).stream()
                    .collect(Collectors.toMap(run -> run.spec().runId(), Studies::planned));
            store.extend(extension(wanted, runs), clock.instant());
        }
        Study extended = get(id);
        if (!extended.published()) {
            publish(extended, missing(extended));
        }
        return get(id);
    }

    /** Publishes what is missing of studies that a crash left half published. */
    public synchronized void completePublication() {
        for (Study study : store.all()) {
            if (!study.published()) {
                publish(study, missing(study));
            } else if (study.jobsTo() == null && missing(study).isEmpty()) {
                store.published(study.id(), jobs.position().orElse(null));
            }
        }
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
        List<BatchJob> missing = missing(study);
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
        return store.backlog(lost);
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
            jobs.publish(open(run), Map.of(runId, run.partition()));
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
        return plan(spec);
    }

    private static void requireSame(Study known, StudySpec spec) {
        if (!known.spec().includes(spec)) {
            throw new ConflictException("study " + spec.id() + " exists with another specification");
        }
    }

    /** @return whether nothing of the study was published before */
    private boolean create(StudySpec spec) {
        List<LoggedRun> logged = store.loggedRuns(spec.id());
        if (logged.isEmpty()) {
            store.add(plan(spec), Map.of(), clock.instant());
        } else {
            adopt(spec, logged);
        }
        return logged.isEmpty();
    }

    private void adopt(StudySpec spec, List<LoggedRun> logged) {
        Set<String> ids = logged.stream().map(run -> run.spec().runId()).collect(Collectors.toSet());
        LostStudy lost = new LostStudy(spec.id(), logged, jobs.published(ids));
        StudyPlan fresh = plan(spec);
        lost.require(fresh.runs());
        StudyPlan plan = extension(spec, lost.known(fresh.partitions())).behind(lost.waiting());
        store.add(plan, lost.progress(), clock.instant());
    }

    private StudyPlan plan(StudySpec spec) {
        slicing.requireFits(spec);
        CorpusManifest manifest = manifest(spec.corpus());
        return StudyPlan.of(spec, manifest.ref(), store.profile(spec.corpus()), slicing, busy());
    }

    private StudyPlan extension(StudySpec spec, Map<String, PlannedRun> known) {
        slicing.requireFits(spec);
        CorpusManifest manifest = manifest(spec.corpus());
        return StudyPlan.extension(spec, manifest.ref(), store.profile(spec.corpus()), slicing, busy(), known);
    }

    private static PlannedRun planned(StudyRun run) {
        boolean over = run.progress().state() == RunState.DIVERGED;
        return new PlannedRun(run.spec(), run.partition(), run.slices(), over);
    }

    /** FLOPs that wait in each partition. */
    private double[] busy() {
        double[] busy = new double[jobs.partitions()];
        store.activeRuns().forEach(run -> busy[run.partition() % busy.length] += run.remainingFlops());
        return busy;
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

    /** Jobs that trainers have to do and that are not on the topic. Those of a stopped run come when it is resumed. */
    private List<BatchJob> missing(Study study) {
        Map<String, Integer> done = store.runs(study.id()).stream()
                .filter(StudyRun::isActive)
                .collect(Collectors.toMap(
                        run -> run.spec().runId(), run -> run.progress().lastSlice()));
        Set<Place> there = jobs.published(done.keySet()).stream()
                .map(placed -> Place.of(placed.job()))
                .collect(Collectors.toSet());
        return store.jobs(study.id()).stream()
                .filter(job -> job.slice() > done.getOrDefault(job.run().runId(), Integer.MAX_VALUE))
                .filter(job -> !there.contains(Place.of(job)))
                .toList();
    }

    private List<BatchJob> open(StudyRun run) {
        return store.jobs(run.spec().studyId()).stream()
                .filter(job -> job.run().runId().equals(run.spec().runId()))
                .filter(job -> job.slice() > run.progress().lastSlice())
                .toList();
    }
}
