package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.plmfrontier.fitting.table.Finding;

/** A form in which a tracker writes files. */
public interface LogFormat {
    /** First bytes of a file by which it is recognised, at most. */
    int HEAD = 1 << 14;

    /**
     * What stands in files of the format.
     *
     * @param notes what was left out of them
     */
    record Sources(List<TrackedSource> all, List<Finding> notes) {
        public Sources {
            all = List.copyOf(all);
            notes = List.copyOf(notes);
        }
    }

    /** For people, for example "event files of TensorBoard". */
    String name();

    /** What D is taken from, for people. */
    String xAxis();

    /** Whether the tables' own reader takes such files too, with headers named by hand. */
    default boolean isTable() {
        return false;
    }

    /**
     * Whether a file is of this format.
     *
     * @param head its first {@value #HEAD} bytes or fewer
     */
    boolean recognises(Path file, byte[] head);

    /**
     * Opens files of the format.
     *
     * @param root the folder in which they were found, after which runs are named by their place
     * @param files of this format, in the order of their names
     * @throws org.plmfrontier.fitting.table.BadTableException naming a file that cannot be read as such
     */
    Sources open(Path root, List<Path> files) throws IOException;
}
