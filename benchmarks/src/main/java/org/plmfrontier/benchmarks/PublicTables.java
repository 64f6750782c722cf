package org.plmfrontier.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.plmfrontier.fitting.forecast.Losses;

/** Public tables of final losses that are no part of the project, as one recipe and data set each. */
record PublicTables(Map<String, Losses> losses, Map<String, String> families) {
    /**
     * Reads the tables.
     *
     * @param folder with the files of scaling-laws
     */
    static PublicTables read(Path folder) throws IOException {
        PublicTables tables = new PublicTables(new LinkedHashMap<>(), new LinkedHashMap<>());
        tables.add("gemstones", "hot", rows(folder, "gemstones_points.csv"), is("subset", "hot"));
        List<Map<String, String>> porian = rows(folder, "porian2024_isoflop.csv");
        for (String dataset : List.of("rw", "owt2")) {
            for (String decay : List.of("const", "kaplan", "chinchilla")) {
                tables.add(
                        "porian",
                        dataset + " " + decay,
                        porian,
                        is("dataset", dataset)
                                .and(is("decay", decay))
                                .and(is("warmup", "short"))
                                .and(is("val", "val"))
                                .and(is("param_count", "standard")));
            }
        }
        tables.add(
                "muennighoff",
                "one epoch",
                rows(folder, "muennighoff2023_datablations_182.csv"),
                row -> Double.parseDouble(row.getOrDefault("epochs", "1")) <= 1.01);
        List<Map<String, String>> gadre = rows(folder, "gadre2024_overtraining.csv");
        for (String dataset : List.of("rpj", "c4_original", "rw_original")) {
            tables.add("gadre", dataset, gadre, is("train_dataset", dataset));
        }
        tables.add("kyo-takano", "llm", rows(folder, "kyo_takano_llm.csv"), row -> true);
        return tables;
    }

    private void add(
            String family, String name, List<Map<String, String>> rows, Predicate<Map<String, String>> chosen) {
        List<Map<String, String>> kept = rows.stream().filter(chosen).toList();
        losses.put(family + " " + name, Losses.of(column(kept, "N"), column(kept, "D"), column(kept, "loss")));
        families.put(family + " " + name, family);
    }

    private static Predicate<Map<String, String>> is(String column, String value) {
        return row -> value.equals(row.get(column));
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
        return rows.stream()
                .mapToDouble(row -> Double.parseDouble(row.get(name)))
                .toArray();
    }

    private static List<Map<String, String>> rows(Path folder, String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(file));
        String[] names = lines.getFirst().split(",", -1);
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
    }
}
