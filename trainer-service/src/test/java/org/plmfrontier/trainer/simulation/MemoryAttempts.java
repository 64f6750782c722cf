package org.plmfrontier.trainer.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.trainer.checkpoint.Attempts;

/** Attempts that outlive the trainers that make them. */
final class MemoryAttempts implements Attempts {
    private final Map<String, Map<String, Set<Object>>> open = new HashMap<>();

    @Override
    public int open(String runId, String delivery) {
        return open.getOrDefault(runId, Map.of())
                .getOrDefault(delivery, Set.of())
                .size();
    }

    @Override
    public Attempt begin(String runId, String delivery) {
        Set<Object> marks =
                open.computeIfAbsent(runId, any -> new HashMap<>()).computeIfAbsent(delivery, any -> new HashSet<>());
        Object mark = new Object();
        marks.add(mark);
        return () -> marks.remove(mark);
    }

    @Override
    public void clear(String runId) {
        open.remove(runId);
    }
}
