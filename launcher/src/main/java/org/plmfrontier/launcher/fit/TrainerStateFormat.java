package org.plmfrontier.launcher.fit;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.tracking.LogFormat;
import org.plmfrontier.fitting.tracking.RunName;
import org.plmfrontier.fitting.tracking.TrackedSource;

/**
 * The state that Hugging Face's Trainer writes beside its checkpoints, {@code trainer_state.json}. A run is the folder; those
 * of its sub-folders {@code checkpoint-STEP} are earlier or later states of the same run, of which the furthest is read.
 */
final class TrainerStateFormat implements LogFormat {
    @Override
    public String name() {
        return "trainer states of Hugging Face";
    }

    @Override
    public String xAxis() {
        return "steps of log_history, times tokens per step";
    }

    @Override
    public boolean recognises(Path file, byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8).strip();
        return text.startsWith("{") && text.contains("\"log_history\"");
    }

    @Override
    public Sources open(Path root, List<Path> files) throws IOException {
        Map<String, List<TrainerState>> byRun = new TreeMap<>();
        for (Path file : files) {
            Path folder = RunName.folder(file);
            boolean checkpoint = RunName.last(folder).matches("checkpoint-\\d+");
            String run = RunName.of(root, checkpoint ? RunName.folder(folder) : folder);
            byRun.computeIfAbsent(run, name -> new ArrayList<>()).add(state(run, file));
        }
        List<TrackedSource> runs = new ArrayList<>();
        List<Finding> notes = new ArrayList<>();
        byRun.forEach((name, states) -> {
            states.sort(Comparator.comparingDouble(TrainerState::steps));
            TrainerState last = states.removeLast();
            runs.add(last);
            if (!states.isEmpty()) {
                notes.add(new Finding(
                        Finding.Kind.SKIPPED_LINES,
                        0,
                        "",
                        name,
                        "run " + name + ": " + states.size() + " earlier states of it are left out, " + last.file()
                                + " has them all"));
            }
        });
        return new Sources(runs, notes);
    }

    private static TrainerState state(String run, Path file) throws IOException {
        try {
            return TrainerState.of(run, file);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new BadTableException(
                    file + ", line " + line + ": the file is no whole JSON: " + e.getOriginalMessage(),
                    line,
                    "log_history");
        }
    }
}
