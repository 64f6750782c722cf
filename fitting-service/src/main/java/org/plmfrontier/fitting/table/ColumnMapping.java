package org.plmfrontier.fitting.table;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Headers named by hand, before the known names are tried.
 *
 * @param headers header in the file by column
 */
public record ColumnMapping(Map<Column, String> headers) {
    public ColumnMapping {
        headers = Map.copyOf(headers);
    }

    /** The known names alone. */
    public static ColumnMapping usual() {
        return new ColumnMapping(Map.of());
    }

    /**
     * From entries like {@code N=params,loss=eval/loss}.
     *
     * @throws IllegalArgumentException naming the entry that is none
     */
    public static ColumnMapping parse(String entries) {
        Map<Column, String> headers = new EnumMap<>(Column.class);
        for (String entry : entries.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1) {
                throw new IllegalArgumentException("column mapping entry '" + entry + "' is not of the form N=header");
            }
            headers.put(
                    column(entry.substring(0, equals).trim()),
                    entry.substring(equals + 1).trim());
        }
        return new ColumnMapping(headers);
    }

    /** Where the column stands, if the header has it. */
    Optional<Integer> find(Column column, String[] header) {
        String named = headers.get(column);
        for (int i = 0; i < header.length; i++) {
            if (named == null ? column.answersTo(header[i]) : named.equals(header[i].trim())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Column column(String label) {
        for (Column column : Column.values()) {
            if (column.label().equalsIgnoreCase(label)) {
                return column;
            }
        }
        throw new IllegalArgumentException("column mapping names the unknown column '" + label + "'");
    }
}
