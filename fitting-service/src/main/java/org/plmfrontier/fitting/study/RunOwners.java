package org.plmfrontier.fitting.study;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.event.TrainingEvent;

/** Which study each run belongs to: that of the first event of the run. Not thread-safe. */
public final class RunOwners {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final Map<String, String> studyOfRun = new HashMap<>();

    /**
     * The study of the event's run, which is the event's study where nothing was received of the run before.
     *
     * @throws IllegalArgumentException where study or run have no possible id
     */
    public String of(TrainingEvent event) {
        String known = studyOfRun.get(event.runId());
        if (known != null) {
            return known;
        }
        requireId("studyId", event.studyId());
        requireId("runId", event.runId());
        studyOfRun.put(event.runId(), event.studyId());
        return event.studyId();
    }

    /** Notes a run that no event was about. */
    void put(String runId, String studyId) {
        studyOfRun.put(runId, studyId);
    }

    /** Forgets a run that is there no more. */
    void remove(String runId) {
        studyOfRun.remove(runId);
    }

    static void requireId(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " '" + value + "' is no id of a study or run");
        }
    }
}
