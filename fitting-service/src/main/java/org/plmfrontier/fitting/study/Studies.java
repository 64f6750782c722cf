package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.curve.StepThinning;

/**
 * All studies, as the events received so far tell them. Events may come in any order and any number of times; the result
 * is the same. Thread-safe: events are added one batch at a time, and readers always see whole batches.
 */
public final class Studies {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final StepThinning thinning;
    private final Map<String, String> studyOfRun = new LinkedHashMap<>();
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
        Map<String, RunDraft> drafts = new LinkedHashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            TrainingEvent event = batch.get(i);
            try {
                draft(drafts, event).add(event);
            } catch (IllegalArgumentException e) {
                refusals.add(new Refusal(i, String.valueOf(e.getMessage())));
            }
        }
        replace(drafts);
        return Collections.unmodifiableList(refusals);
    }

    /**
     * Adds a study that came from a file.
     *
     * @throws IllegalArgumentException if there is a study of this id that did not come from the same file
     */
    public synchronized void add(ImportedStudy imported) {
        requireId("studyId", imported.id());
        Optional<Study> known = find(imported.id());
        if (known.isPresent()) {
            if (known.get().note().equals(Optional.of(imported.note()))) {
                return;
            }
            throw new IllegalArgumentException("there is a study '" + imported.id() + "' already, and another one");
        }
        imported.runs().forEach(run -> studyOfRun.put(run.runId(), imported.id()));
        SortedMap<String, Study> more = new TreeMap<>(studies);
        more.put(imported.id(), Study.imported(imported));
        studies = Collections.unmodifiableSortedMap(more);
    }

    private RunDraft draft(Map<String, RunDraft> drafts, TrainingEvent event) {
        RunDraft known = drafts.get(event.runId());
        if (known != null) {
            return known;
        }
        requireId("studyId", event.studyId());
        requireId("runId", event.runId());
        if (find(event.studyId()).flatMap(Study::note).isPresent()) {
            throw new IllegalArgumentException("study " + event.studyId()
                    + " came from a file and takes no events, got one of run " + event.runId());
        }
        String study = studyOfRun.computeIfAbsent(event.runId(), runId -> event.studyId());
        Run run = find(study)
                .map(found -> found.runs().get(event.runId()))
                .orElseGet(() -> RunDraft.unheard(study, event.runId(), thinning));
        RunDraft draft = new RunDraft(run, thinning);
        drafts.put(event.runId(), draft);
        return draft;
    }

    private void replace(Map<String, RunDraft> drafts) {
        SortedMap<String, Study> more = new TreeMap<>(studies);
        Map<String, List<Run>> changed = drafts.values().stream()
                .flatMap(draft -> draft.changed().stream())
                .collect(Collectors.groupingBy(Run::studyId));
        changed.forEach(
                (id, runs) -> more.put(id, find(id).orElse(Study.unheard(id)).with(runs)));
        studies = Collections.unmodifiableSortedMap(more);
    }

    private static void requireId(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " '" + value + "' is no id of a study or run");
        }
    }
}
