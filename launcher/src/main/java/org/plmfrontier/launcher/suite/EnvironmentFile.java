package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Environment variables as a file that a POSIX shell reads with {@code .}, for a service that somebody starts by hand. It
 * holds a password, so only its owner may read it.
 */
final class EnvironmentFile {
    private static final FileAttribute<?> FOR_ITS_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private EnvironmentFile() {}

    /** Writes the variables in the order of their names, in place of a file that is there. */
    static void write(Path file, Map<String, String> environment) throws IOException {
        String text = new TreeMap<>(environment)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                        .collect(Collectors.joining());
        Path written = Files.createTempFile(file.getParent(), "environment", "", FOR_ITS_OWNER);
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
