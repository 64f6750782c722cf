package org.plmfrontier.fitting.study;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.fitting.curve.RunCurve;

/**
 * A study, as its events describe it. Immutable, so any thread can read it.
 *
 * @param runs by run id, those without a plan among them
 * @param revision how often something changed since this process first received events of the study
 * @param note of a study that came from a file
 * @param asOf how far the log was read for it: after its last event in each partition that is about curves or states. Reading the log up to there gives
 *     the same runs
 */
public record Study(
        String id, SortedMap<String, Run> runs, long revision, Pace pace, Optional<ImportNote> note, Offsets asOf) {
    private static final Comparator<Run> BY_SIZE = Comparator.comparingDouble(Run::parameters)
            .thenComparingDouble(Run::expectedFlops)
            .thenComparing(Run::runId);

    public Study {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(asOf, "asOf");
        runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
    }

    static Study unheard(String id) {
        return new Study(id, new TreeMap<>(), 0, Pace.UNKNOWN, Optional.empty(), Offsets.NONE);
    }

    /** A study from a file. */
    static Study imported(ImportedStudy imported) {
        SortedMap<String, Run> runs = new TreeMap<>();
        imported.runs().forEach(run -> runs.put(run.runId(), run));
        return new Study(imported.id(), runs, 1, Pace.UNKNOWN, Optional.of(imported.note()), Offsets.NONE);
    }

    /** Runs whose plan or file is there, smallest model first. */
    public List<Run> knownRuns() {
        return runs.values().stream().filter(Run::isKnown).sorted(BY_SIZE).toList();
    }

    /** Families of the known runs, ascending; a fit never mixes them. */
    public List<String> families() {
        return knownRuns().stream().map(Run::family).distinct().sorted().toList();
    }

    /** Losses of the trivial models on the study's corpus, once a run is planned; those under masks where any plan has them. */
    public Optional<ReferenceLosses> references() {
        List<ReferenceLosses> received = knownRuns().stream()
                .flatMap(run -> run.spec().stream())
                .map(plan -> plan.corpus().references())
                .toList();
        return received.stream()
                .filter(references -> references.masked() != null)
                .findFirst()
                .or(() -> received.stream().findFirst());
    }

    /** FLOPs of all planned runs together. */
    public double expectedFlops() {
        return knownRuns().stream().mapToDouble(Run::expectedFlops).sum();
    }

    /** FLOPs spent so far. */
    public double doneFlops() {
        return knownRuns().stream().mapToDouble(Run::computeFlops).sum();
    }

    /** FLOPs still to be spent by runs that are not over. */
    public double remainingFlops() {
        return knownRuns().stream().mapToDouble(Run::remainingFlops).sum();
    }

    /** Seconds until the last run ends at the present pace; unknown while nothing moves. */
    public Optional<Double> secondsLeft() {
        return pace.flopsPerSecond().map(flops -> remainingFlops() / flops);
    }

    /** COMPLETED once every run is over, TRAINING once one has begun, STOPPED while all unfinished ones are stopped. */
    public RunState state() {
        List<RunState> open = knownRuns().stream()
                .map(Run::state)
                .filter(state -> !state.isFinal())
                .toList();
        if (open.isEmpty()) {
            return knownRuns().isEmpty() ? RunState.PLANNED : RunState.COMPLETED;
        }
        if (open.stream().allMatch(state -> state == RunState.STOPPED)) {
            return RunState.STOPPED;
        }
        return doneFlops() > 0 ? RunState.TRAINING : RunState.PLANNED;
    }

    /** Whether the points of some run are not here but in the {@link StudyArchive}. */
    public boolean isEvicted() {
        return runs.values().stream().anyMatch(run -> run.curve().isEvicted());
    }

    /** Whether nothing more is expected: every run that was observed of is planned and over. */
    public boolean isOver() {
        return state() == RunState.COMPLETED && runs.values().stream().allMatch(Run::isKnown);
    }

    /** The same state with other forms of its curves. */
    Study withCurves(UnaryOperator<RunCurve> form) {
        SortedMap<String, Run> same = new TreeMap<>();
        runs.forEach((run, known) -> same.put(run, known.with(form.apply(known.curve()))));
        return new Study(id, same, revision, pace, note, asOf);
    }

    /** The same as a state that has to be fitted anew. */
    Study touched() {
        return new Study(id, runs, revision + 1, pace, note, asOf);
    }

    /** The study with these runs in place of their former selves. */
    Study with(List<Run> changed) {
        SortedMap<String, Run> more = new TreeMap<>(runs);
        changed.forEach(run -> more.put(run.runId(), run));
        Study after = new Study(id, more, revision + 1, pace, note, asOf);
        return new Study(
                id, more, revision + 1, after.lastBeat().map(after::mark).orElse(pace), note, asOf);
    }

    /** The study without a run that was deleted; its pace begins anew, since less is done than was. */
    Study without(String runId) {
        SortedMap<String, Run> fewer = new TreeMap<>(runs);
        fewer.remove(runId);
        return new Study(id, fewer, revision + 1, Pace.UNKNOWN, note, asOf);
    }

    /** The study when its log was read at least so far; its runs are the same, its fit has to say the new offsets. */
    Study observed(Offsets received) {
        Offsets further = asOf.with(received.next());
        return further.equals(asOf) ? this : new Study(id, runs, revision + 1, pace, note, further);
    }

    private Pace mark(Instant at) {
        return pace.plus(new Pace.Mark(at, doneFlops()));
    }

    /** When its trainers were observed last. */
    public Optional<Instant> lastBeat() {
        return runs.values().stream()
                .flatMap(run -> run.throughput().map(Throughput::at).stream())
                .max(Comparator.naturalOrder());
    }
}
