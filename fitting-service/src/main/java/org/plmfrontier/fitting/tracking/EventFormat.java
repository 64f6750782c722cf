package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.fitting.table.Finding;

/** TensorBoard's event files: a folder is a run, as TensorBoard itself has it. */
public final class EventFormat implements LogFormat {
    @Override
    public String name() {
        return "event files of TensorBoard";
    }

    @Override
    public String xAxis() {
        return "steps of the events, times tokens per step";
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        return EventFile.begins(head) || (head.length > 0 && RunName.last(file).startsWith("events.out.tfevents."));
    }

    @Override
    public Sources open(Path root, List<Path> files) throws IOException {
        Map<String, List<Path>> byRun = new TreeMap<>();
        for (Path file : files) {
            byRun.computeIfAbsent(RunName.of(root, RunName.folder(file)), run -> new ArrayList<>())
                    .add(file);
        }
        List<TrackedSource> runs = new ArrayList<>();
        List<Finding> damage = new ArrayList<>();
        for (Map.Entry<String, List<Path>> run : byRun.entrySet()) {
            EventRun source = EventRun.of(run.getKey(), run.getValue());
            runs.add(source);
            damage.addAll(source.damage());
        }
        return new Sources(runs, damage);
    }
}
