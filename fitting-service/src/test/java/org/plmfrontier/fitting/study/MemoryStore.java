package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.CheckpointRefused;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.fitting.curve.CurvePoint;

/** Events in memory, as a database would keep them, in batches of three. No study is settled. Not thread-safe. */
public final class MemoryStore implements StudyStore {
    private static final int BATCH = 3;

    private final Map<String, RunPlanned> plans = new LinkedHashMap<>();
    private final Map<String, TreeMap<Long, StepCompleted>> steps = new TreeMap<>();
    private final Map<String, TrainingEvent> others = new LinkedHashMap<>();
    private final Map<String, RunDeleted> deletions = new LinkedHashMap<>();
    private DeletedRuns deleted = new DeletedRuns(List.of());
    private final Map<String, Offsets> readTo = new HashMap<>();
    private final Map<String, Map<String, Offsets>> observed = new HashMap<>();

    /** Keeps events of a log of which nothing else is known. */
    public void keep(List<? extends TrainingEvent> events) {
        events.forEach(this::keep);
    }

    private void keep(TrainingEvent event) {
        switch (event) {
            case RunPlanned planned -> plans.put(planned.runId(), planned);
            case StepCompleted step ->
                steps.computeIfAbsent(step.runId(), run -> new TreeMap<>()).put(step.step(), step);
            case HeldOutEvaluated evaluation ->
                others.put(
                        evaluation.runId() + " evaluated " + evaluation.step() + " " + evaluation.budgetTokens(),
                        evaluation);
            default -> others.putIfAbsent(event.toString(), event);
        }
    }

    /** Forgets everything. */
    public void empty() {
        plans.clear();
        steps.clear();
        others.clear();
        deletions.clear();
        deleted = new DeletedRuns(List.of());
        readTo.clear();
        observed.clear();
    }

    @Override
    public void points(String runId, Consumer<List<CurvePoint>> batches) {
        batched(
                steps.getOrDefault(runId, new TreeMap<>()).values().stream()
                        .map(step -> new CurvePoint(
                                step.step(),
                                step.tokens(),
                                step.computeFlops(),
                                step.executedFlops(),
                                step.lossNats(),
                                step.learningRate()))
                        .toList(),
                batches);
    }

    @Override
    public List<RecordedStep> steps(String runId, long every) {
        TreeMap<Long, StepCompleted> run = steps.getOrDefault(runId, new TreeMap<>());
        return run.values().stream()
                .filter(step ->
                        step.step() % every == 0 || step.step() == run.firstKey() || step.step() == run.lastKey())
                .map(step -> new RecordedStep(
                        new CurvePoint(
                                step.step(),
                                step.tokens(),
                                step.computeFlops(),
                                step.executedFlops(),
                                step.lossNats(),
                                step.learningRate()),
                        OptionalDouble.of(step.gradientNorm()),
                        OptionalDouble.of(step.tokensPerSecond()),
                        Optional.of(step.at())))
                .toList();
    }

    @Override
    public RunHistory history(String runId) {
        return new RunHistory(
                others(runId, RunStateChanged.class, Comparator.comparing(RunStateChanged::at)),
                others(runId, SliceCompleted.class, Comparator.comparing(SliceCompleted::slice)),
                others(runId, CheckpointRefused.class, Comparator.comparing(CheckpointRefused::at)));
    }

    @Override
    public List<DownstreamEvaluated> evaluations(String studyId) {
        Map<String, DownstreamEvaluated> first = new TreeMap<>();
        others.values().stream()
                .filter(DownstreamEvaluated.class::isInstance)
                .map(DownstreamEvaluated.class::cast)
                .filter(result -> result.studyId().equals(studyId))
                .forEach(result -> first.putIfAbsent(
                        "%s %s %s %012d"
                                .formatted(
                                        result.evaluation().name(),
                                        result.evaluation().hash(),
                                        result.runId(),
                                        result.step()),
                        result));
        return List.copyOf(first.values());
    }

    private <T extends TrainingEvent> List<T> others(String runId, Class<T> type, Comparator<T> order) {
        return others.values().stream()
                .filter(event -> event.runId().equals(runId))
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(order)
                .toList();
    }

    @Override
    public void keep(List<LoggedEvent> events, String log, Offsets further) {
        DeletedRuns.Sifted sifted = deleted.sift(events);
        sifted.deleted().forEach(this::delete);
        for (LoggedEvent logged : sifted.remaining()) {
            deletions.remove(logged.event().runId());
            keep(logged.event());
        }
        for (LoggedEvent logged : sifted.counted()) {
            if (logged.isOfCurves()) {
                observed.computeIfAbsent(log, name -> new HashMap<>())
                        .merge(
                                logged.event().studyId(),
                                Offsets.NONE.with(logged.partition(), logged.offset() + 1),
                                (one, other) -> one.with(other.next()));
            }
        }
        readTo.merge(log, further, (one, other) -> one.with(other.next()));
    }

    private void delete(String runId, RunDeleted event) {
        plans.remove(runId);
        steps.remove(runId);
        others.values().removeIf(other -> other.runId().equals(runId));
        deletions.put(runId, event);
    }

    @Override
    public Offsets readTo(String log) {
        return readTo.getOrDefault(log, Offsets.NONE);
    }

    @Override
    public Map<String, Offsets> observed(String log) {
        return observed.getOrDefault(log, Map.of());
    }

    @Override
    public void replay(Set<String> evicted, Consumer<List<TrainingEvent>> batches) {
        Predicate<StepCompleted> isNeeded = step -> !evicted.contains(step.studyId())
                || step.step() == steps.get(step.runId()).lastKey();
        List<TrainingEvent> all = new ArrayList<>(deletions.values());
        all.addAll(plans.values());
        steps.values().forEach(run -> run.values().stream().filter(isNeeded).forEach(all::add));
        all.addAll(others.values());
        batched(all, batches);
    }

    @Override
    public List<String> settled() {
        return List.of();
    }

    private static <T> void batched(List<T> all, Consumer<List<T>> batches) {
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.accept(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
    }
}
