package org.plmfrontier.fitting.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;

/**
 * Which runs are deleted at a place of the log. What a trainer says of a deleted run does not count: it had not received the
 * command. A plan of a deleted run makes another run of its id. Not thread-safe.
 */
public final class DeletedRuns {
    private final Set<String> ids;

    /** @param ids of the runs that are deleted at the beginning */
    public DeletedRuns(Collection<String> ids) {
        this.ids = new HashSet<>(ids);
    }

    /** Whether the next event of the log counts. */
    public boolean counts(TrainingEvent event) {
        if (event instanceof RunDeleted) {
            ids.add(event.runId());
            return true;
        }
        if (event instanceof RunPlanned) {
            ids.remove(event.runId());
            return true;
        }
        return !ids.contains(event.runId());
    }

    /** Whether the run is deleted, and not planned again since. */
    public boolean contains(String runId) {
        return ids.contains(runId);
    }

    /**
     * What a batch of the log comes to.
     *
     * @param counted events that count, in the order of the batch
     * @param remaining those of them that say something of runs as they are at the end of the batch
     * @param deleted by run id, the last deletion of each run that was deleted in the batch
     */
    public record Sifted(List<LoggedEvent> counted, List<LoggedEvent> remaining, Map<String, RunDeleted> deleted) {
        public Sifted {
            counted = List.copyOf(counted);
            remaining = List.copyOf(remaining);
            deleted = Map.copyOf(deleted);
        }
    }

    /** Takes the next events of the log. */
    public Sifted sift(List<LoggedEvent> batch) {
        List<LoggedEvent> counted =
                batch.stream().filter(logged -> counts(logged.event())).toList();
        List<LoggedEvent> remaining = new ArrayList<>(counted.size());
        Map<String, RunDeleted> deleted = new LinkedHashMap<>();
        for (LoggedEvent logged : counted) {
            if (logged.event() instanceof RunDeleted gone) {
                deleted.put(gone.runId(), gone);
                remaining.removeIf(earlier -> earlier.event().runId().equals(gone.runId()));
            } else {
                remaining.add(logged);
            }
        }
        return new Sifted(counted, remaining, deleted);
    }
}
