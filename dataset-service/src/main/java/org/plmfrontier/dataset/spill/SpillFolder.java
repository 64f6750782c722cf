package org.plmfrontier.dataset.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All files below one folder: how long they are, and how they become so again. */
public final class SpillFolder {
    private SpillFolder() {}

    /** Deletes a folder with all in it, where there is one. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (Path path : all(folder)) {
            Files.delete(path);
        }
    }

    /** Path below the folder to bytes, of all files. */
    public static Map<String, Long> lengths(Path folder) throws IOException {
        Map<String, Long> lengths = new TreeMap<>();
        for (Path path : all(folder)) {
            if (Files.isRegularFile(path)) {
                lengths.put(folder.relativize(path).toString(), Files.size(path));
            }
        }
        return lengths;
    }

    /**
     * Cuts the files to the lengths they had and deletes those that were not there.
     *
     * @return false where a file is shorter than it was, so that nothing of the folder can be used
     */
    public static boolean restore(Path folder, Map<String, Long> lengths) throws IOException {
        Map<String, Long> present = lengths(folder);
        for (Map.Entry<String, Long> wanted : lengths.entrySet()) {
            if (present.getOrDefault(wanted.getKey(), -1L) < wanted.getValue()) {
                return false;
            }
        }
        for (String name : present.keySet()) {
            Long wanted = lengths.get(name);
            if (wanted == null) {
                Files.delete(folder.resolve(name));
            } else {
                cut(folder.resolve(name), wanted);
            }
        }
        return true;
    }

    private static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
