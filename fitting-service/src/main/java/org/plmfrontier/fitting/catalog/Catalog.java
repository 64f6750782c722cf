package org.plmfrontier.fitting.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The list of known models that the suite carries: facts with their sources, in {@code catalog/protein-models.csv}. */
public final class Catalog {
    private static final String RESOURCE = "/catalog/protein-models.csv";
    private static final int CELLS = 5;

    private Catalog() {}

    /** All known models, in the order of the list. */
    public static List<KnownModel> known() {
        try (InputStream in = Objects.requireNonNull(Catalog.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Catalog::model).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static KnownModel model(String line) {
        List<String> cells = cells(line);
        if (cells.size() != CELLS) {
            throw new IllegalStateException("line '" + line + "' has " + cells.size() + " cells, not " + CELLS);
        }
        return new KnownModel(
                cells.get(0),
                Double.parseDouble(cells.get(1)),
                Double.parseDouble(cells.get(2)),
                cells.get(3),
                cells.get(4));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
