package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A home folder that is empty at each start. */
public final class FreshHome {
    private FreshHome() {}

    /**
     * Deletes what an earlier suite kept in the folder, and ends what is left of it.
     *
     * @throws StartupException where a suite runs there
     */
    public static void prepare(Path folder) throws IOException {
        try (Home home = Home.open(folder)) {
            new Leftovers(home.pids()).reap(home.postgres().resolve("data"));
            for (Path kept : List.of(home.kafka(), home.postgres(), folder.resolve("data"), folder.resolve("logs"))) {
                delete(kept);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
