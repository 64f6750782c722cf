package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;

/**
 * The files of one tracker at a path: the file itself, or those in a folder and its sub-folders.
 *
 * @param format of all of them
 * @param root the folder after which runs are named
 * @param files in the order of their names
 * @param notes which files of other formats are left out
 */
public record LogFiles(LogFormat format, Path root, List<Path> files, List<Finding> notes) {
    private static final int DEEPEST = 16;
    private static final int MOST = 100_000;

    public LogFiles {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }

    /**
     * Recognises what lies at a path by content.
     *
     * @param formats the first is taken where a folder has files of several
     * @return empty for a file of none of them
     * @throws BadTableException for a folder without any such file
     */
    public static Optional<LogFiles> at(Path path, List<LogFormat> formats) throws IOException {
        if (Files.isDirectory(path)) {
            return Optional.of(inFolder(path.toRealPath(), formats));
        }
        Path folder = Optional.ofNullable(path.toAbsolutePath().normalize().getParent())
                .orElse(path);
        return format(path, formats).map(format -> new LogFiles(format, folder, List.of(path), List.of()));
    }

    /** What stands in the files. */
    public LogFormat.Sources open() throws IOException {
        LogFormat.Sources sources = format.open(root, files);
        List<Finding> all = new ArrayList<>(notes);
        all.addAll(sources.notes());
        return new LogFormat.Sources(sources.all(), all);
    }

    private static LogFiles inFolder(Path folder, List<LogFormat> formats) throws IOException {
        Map<LogFormat, List<Path>> found = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            format(file, formats)
                    .ifPresent(format -> found.computeIfAbsent(format, first -> new ArrayList<>())
                            .add(file));
        }
        if (found.isEmpty()) {
            throw new BadTableException("the folder has no "
                    + formats.stream().map(LogFormat::name).collect(Collectors.joining(", no "))
                    + "; a table of losses is given by the name of its file");
        }
        LogFormat taken =
                formats.stream().filter(found::containsKey).findFirst().orElseThrow();
        List<Finding> notes = found.entrySet().stream()
                .filter(other -> other.getKey() != taken)
                .map(other -> new Finding(
                        Finding.Kind.SKIPPED_LINES,
                        0,
                        "",
                        "",
                        other.getValue().size() + " files are left out that are "
                                + other.getKey().name()
                                + ", as " + other.getValue().getFirst() + ": the folder has " + taken.name()
                                + "; give the other ones by their own path"))
                .toList();
        return new LogFiles(taken, folder.toAbsolutePath().normalize(), found.getOrDefault(taken, List.of()), notes);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEEPEST)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .map(file -> file.toAbsolutePath().normalize())
                    .sorted()
                    .limit(MOST + 1L)
                    .toList();
            if (files.size() > MOST) {
                throw new BadTableException("the folder has more than " + MOST + " files; give a folder of runs alone");
            }
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<LogFormat> format(Path file, List<LogFormat> formats) throws IOException {
        byte[] head;
        try (InputStream input = Files.newInputStream(file)) {
            head = input.readNBytes(LogFormat.HEAD);
        }
        return formats.stream().filter(format -> format.recognises(file, head)).findFirst();
    }
}
