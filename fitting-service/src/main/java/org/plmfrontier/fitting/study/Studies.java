package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.fitting.curve.StepThinning;

/**
 * All studies, as the events received so far describe them. Events may come in any order and any number of times; the result
 * is the same. Thread-safe: events are added one batch at a time, and readers always see whole batches.
 */
public final class Studies {
    private final StepThinning thinning;
    private final RunOwners owners = new RunOwners();
    private final DeletedRuns deleted = new DeletedRuns(List.of());
    /** What is left of studies all of whose runs were deleted: how far the log was read for them, and their revision. */
    private final Map<String, Study> emptied = new HashMap<>();

    private volatile SortedMap<String, Study> studies = new TreeMap<>();

    /**
     * No studies.
     *
     * @param thinning which steps of long curves stay in memory
     */
    public Studies(StepThinning thinning) {
        this.thinning = thinning;
    }

    /** All studies, ascending by id. */
    public List<Study> all() {
        return List.copyOf(studies.values());
    }

    public Optional<Study> find(String id) {
        return Optional.ofNullable(studies.get(id));
    }

    /**
     * Adds a batch of events.
     *
     * @return the events that cannot be true, in the order of the batch; all others are in
     */
    public synchronized List<Refusal> add(List<? extends TrainingEvent> batch) {
        return add(batch.size(), batch::get, (i, study) -> {}, Map.of());
    }

    /**
     * Adds a batch of events of the log; their studies then stand as of these places.
     *
     * @return the events that cannot be true, in the order of the batch; all others are in
     */
    public synchronized List<Refusal> addLogged(List<LoggedEvent> batch) {
        Map<String, Offsets> observed = new LinkedHashMap<>();
        BiConsumer<Integer, String> accepted = (i, study) -> {
            LoggedEvent logged = batch.get(i);
            if (!logged.isOfCurves()) {
                return;
            }
            observed.put(
                    study, observed.getOrDefault(study, Offsets.NONE).with(logged.partition(), logged.offset() + 1));
        };
        return add(batch.size(), i -> batch.get(i).event(), accepted, observed);
    }

    /** Notes up to where the log was read for studies whose events were added without their places. */
    public synchronized void observed(Map<String, Offsets> offsets) {
        replace(new Changes(), offsets);
    }

    /** Ids of studies to which something is added by these events of the log: late ones of deleted runs add nothing. */
    public synchronized Set<String> addedTo(List<LoggedEvent> batch) {
        return batch.stream()
                .map(LoggedEvent::event)
                .filter(event -> event instanceof RunPlanned
                        || !(event instanceof RunDeleted) && !deleted.contains(event.runId()))
                .map(TrainingEvent::studyId)
                .collect(Collectors.toSet());
    }

    /** What a batch of events changes: runs to which something is added, and before that runs that are taken away. */
    private static final class Changes {
        private final Map<String, RunDraft> drafts = new LinkedHashMap<>();
        /** Run id to study id. */
        private final Map<String, String> removed = new LinkedHashMap<>();
    }

    private List<Refusal> add(
            int size,
            IntFunction<TrainingEvent> batch,
            BiConsumer<Integer, String> accepted,
            Map<String, Offsets> observed) {
        Changes changes = new Changes();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            TrainingEvent event = batch.apply(i);
            try {
                if (add(event, changes)) {
                    accepted.accept(i, event.studyId());
                }
            } catch (IllegalArgumentException e) {
                refusals.add(new Refusal(i, String.valueOf(e.getMessage())));
            }
        }
        replace(changes, observed);
        return Collections.unmodifiableList(refusals);
    }

    /** Whether the event counts, see {@link DeletedRuns}. */
    private boolean add(TrainingEvent event, Changes changes) {
        if (event instanceof RunDeleted gone) {
            delete(gone, changes);
        } else if (event instanceof RunPlanned || !deleted.contains(event.runId())) {
            draft(changes, event).add(event);
        }
        return deleted.counts(event);
    }

    /** A study that came from a file has no such run, whatever its id. */
    private void delete(RunDeleted gone, Changes changes) {
        String study = owners.of(gone);
        if (!study.equals(gone.studyId())) {
            throw new IllegalArgumentException("run " + gone.runId() + " belongs to study " + study
                    + ", the event says that study " + gone.studyId() + " was deleted");
        }
        owners.remove(gone.runId());
        changes.drafts.remove(gone.runId());
        changes.removed.put(gone.runId(), study);
    }

    /**
     * Takes away a study that came from a file; nothing where there is none of this id.
     */
    public synchronized void removeImported(String id) {
        Optional<Study> known = find(id).filter(study -> study.note().isPresent());
        if (known.isEmpty()) {
            return;
        }
        known.get().runs().keySet().forEach(owners::remove);
        SortedMap<String, Study> fewer = new TreeMap<>(studies);
        fewer.remove(id);
        studies = Collections.unmodifiableSortedMap(fewer);
    }

    /**
     * Adds a study that came from a file.
     *
     * @throws IllegalArgumentException if there is a study of this id that did not come from the same file
     */
    public synchronized void add(ImportedStudy imported) {
        Optional<Study> known = find(imported.id());
        if (known.isPresent()) {
            if (known.get().note().equals(Optional.of(imported.note()))) {
                return;
            }
            throw new IllegalArgumentException("there is a study '" + imported.id() + "' already, and another one");
        }
        imported.runs().forEach(run -> owners.put(run.runId(), imported.id()));
        SortedMap<String, Study> more = new TreeMap<>(studies);
        more.put(imported.id(), Study.imported(imported));
        studies = Collections.unmodifiableSortedMap(more);
    }

    /** Replaces a study by another form of the same state; nothing where it has changed meanwhile. */
    synchronized void replace(Study before, Study after) {
        SortedMap<String, Study> more = new TreeMap<>(studies);
        more.computeIfPresent(before.id(), (id, now) -> now.revision() == before.revision() ? after : now);
        studies = Collections.unmodifiableSortedMap(more);
    }

    private RunDraft draft(Changes changes, TrainingEvent event) {
        RunDraft known = changes.drafts.get(event.runId());
        if (known != null) {
            return known;
        }
        RunOwners.requireId("studyId", event.studyId());
        RunOwners.requireId("runId", event.runId());
        if (find(event.studyId()).flatMap(Study::note).isPresent()) {
            throw new IllegalArgumentException("study " + event.studyId()
                    + " came from a file and takes no events, got one of run " + event.runId());
        }
        String study = owners.of(event);
        Run run = find(study)
                .map(found -> found.runs().get(event.runId()))
                .filter(found -> !changes.removed.containsKey(event.runId()))
                .orElseGet(() -> RunDraft.unheard(study, event.runId(), thinning));
        RunDraft draft = new RunDraft(run, thinning);
        changes.drafts.put(event.runId(), draft);
        return draft;
    }

    /** Runs and places at once: a reader who saw the one without the other would take an answer for that of other offsets. */
    private void replace(Changes changes, Map<String, Offsets> observed) {
        SortedMap<String, Study> more = new TreeMap<>(studies);
        changes.removed.forEach((run, study) -> remove(run, study, more));
        Map<String, List<Run>> changed = changes.drafts.values().stream()
                .flatMap(draft -> draft.changed().stream())
                .collect(Collectors.groupingBy(Run::studyId));
        changed.forEach((id, runs) -> {
            Study former = emptied.getOrDefault(id, Study.unheard(id));
            more.put(id, more.getOrDefault(id, former).with(runs));
            emptied.remove(id);
        });
        observed.forEach((id, received) -> {
            if (more.computeIfPresent(id, (same, study) -> study.observed(received)) == null) {
                emptied.put(id, emptied.getOrDefault(id, Study.unheard(id)).observed(received));
            }
        });
        studies = Collections.unmodifiableSortedMap(more);
    }

    private void remove(String run, String study, SortedMap<String, Study> from) {
        Study known = from.get(study);
        if (known == null || !known.runs().containsKey(run)) {
            return;
        }
        Study fewer = known.without(run);
        if (fewer.runs().isEmpty()) {
            from.remove(study);
            emptied.put(study, fewer);
        } else {
            from.put(study, fewer);
        }
    }
}
