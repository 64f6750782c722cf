package org.plmfrontier.trainer.downstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of one file is not used, counted by reason with the places of the first. Not thread-safe. */
public final class SetApart {
    private static final int PLACES = 5;

    private final String file;
    private final String things;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    private static final class Group {
        private final List<String> places = new ArrayList<>();
        private long count;
    }

    /**
     * Nothing as yet.
     *
     * @param file name for people
     * @param things what is set apart, in the plural
     */
    public SetApart(String file, String things) {
        this.file = file;
        this.things = things;
    }

    /**
     * Sets one apart.
     *
     * @param reason in words that fit all of its kind
     * @param line in the file, the first is 1
     * @param what stands there
     */
    public void add(String reason, long line, String what) {
        Group group = groups.computeIfAbsent(reason, ignored -> new Group());
        group.count++;
        if (group.places.size() < PLACES) {
            group.places.add("line " + line + " (" + what + ")");
        }
    }

    public long count() {
        return groups.values().stream().mapToLong(group -> group.count).sum();
    }

    /** One sentence a reason. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        groups.forEach((reason, group) -> {
            String more = group.count > group.places.size() ? ", ..." : "";
            sentences.add(file + ": " + group.count + " " + things + " set apart, " + reason + ": "
                    + String.join(", ", group.places) + more);
        });
        return sentences;
    }
}
