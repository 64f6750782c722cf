package org.plmfrontier.fitting.published;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Public tables of scaling studies, which are not part of the project. */
final class ReferenceData {
    private ReferenceData() {}

    /** Rows of a table by column name; the calling test is skipped where the table is absent. */
    static List<Map<String, String>> rows(String file) {
        String chosen = System.getenv("FRONTIER_DATA");
        Path folder = chosen == null ? Path.of("../../shared/data") : Path.of(chosen);
        Path path = folder.resolve("scaling-laws").resolve(file);
        Assumptions.assumeTrue(
                Files.isReadable(path),
                () -> "skipped: " + file + " is not in ../shared/data nor in the folder of FRONTIER_DATA");
        try {
            List<String> lines = Files.readAllLines(path);
            String[] names = lines.get(0).split(",", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], cells[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
