package org.plmfrontier.runtime.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary files with the id of the process that holds them in their names, so that the next process tells what a killed one
 * left.
 *
 * @param prefix in front of the process's id
 * @param suffix the names' end
 */
public record ProcessFiles(Path folder, String prefix, String suffix) {

    /** A new empty file of this process. */
    public Path create() throws IOException {
        return Files.createTempFile(folder, prefix + ProcessHandle.current().pid() + "-", suffix);
    }

    /**
     * Deletes the files of processes that are no more, and those with this process's id: to be called before it has made any.
     *
     * @throws UncheckedIOException where one cannot be deleted
     */
    public void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Pattern held = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,18})-\\d+" + Pattern.quote(suffix));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + suffix)) {
            for (Path file : files) {
                Matcher name = held.matcher(file.getFileName().toString());
                if (!name.matches() || isNobodys(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("leftovers in " + folder + " cannot be deleted", e);
        }
    }

    private static boolean isNobodys(long pid) {
        return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
    }
}
