package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A suite somewhere else, under a name: the addresses of its services, and the token that it wants. Contexts stand in one
 * properties file, as {@code lab.dataset=https://dataset.lab.example} and {@code lab.token=...}; a file with a token must be
 * readable by its owner alone.
 *
 * @param addresses of {@code fitting}, {@code dataset}, {@code trainer} and {@code kafka}, those that are stated
 */
public record SuiteContext(String name, Map<String, String> addresses, Optional<String> token) {
    private static final Set<String> PARTS = Set.of("fitting", "dataset", "trainer", "kafka");
    private static final String TOKEN = "token";
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public SuiteContext {
        addresses = Map.copyOf(addresses);
    }

    /**
     * The context of a name.
     *
     * @throws IOException where the file has none of that name, names a part that there is not, or shows a token to others
     */
    public static SuiteContext read(Path file, String name) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        } catch (IOException e) {
            throw new IOException("context '" + name + "' is looked for in " + file + ", which cannot be read", e);
        }
        Map<String, String> addresses = new HashMap<>();
        Optional<String> token = Optional.empty();
        for (String key : new TreeSet<>(all.stringPropertyNames())) {
            if (!key.startsWith(name + ".")) {
                continue;
            }
            String part = key.substring(name.length() + 1);
            String value = all.getProperty(key).strip();
            if (part.equals(TOKEN)) {
                requireOwnersAlone(file);
                token = Optional.of(value);
            } else if (PARTS.contains(part)) {
                addresses.put(part, value.replaceFirst("/+$", ""));
            } else {
                throw new IOException(file + ": " + key + " is unknown; known are " + name
                        + ".fitting, .dataset, .trainer, .kafka" + " and .token");
            }
        }
        if (addresses.isEmpty()) {
            throw new IOException(file + " has no context '" + name + "'; known are " + names(all));
        }
        return new SuiteContext(name, addresses, token);
    }

    private static Set<String> names(Properties all) {
        Set<String> names = new TreeSet<>();
        all.stringPropertyNames().forEach(key -> names.add(key.replaceFirst("\\.[^.]*$", "")));
        return names;
    }

    private static void requireOwnersAlone(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
        if (given.stream().anyMatch(OTHERS::contains)) {
            throw new IOException(file + " holds a token and may be read by others: chmod 600 " + file);
        }
    }
}
