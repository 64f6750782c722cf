package org.plmfrontier.fitting.table;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Headers named by hand, before the known names are tried.
 *
 * @param headers header in the file by column
 * @param factors by what the numbers of a column are multiplied; such a column's unit is not doubted
 * @param lossUnit unit of the loss column, where it was named as {@code perplexity=...} or {@code bits=...}
 * @param computesFlops whether 6 N D stands for C, whatever the file gives
 */
public record ColumnMapping(
        Map<Column, String> headers, Map<Column, Double> factors, Optional<LossUnit> lossUnit, boolean computesFlops) {
    private static final String SIX_ND = "6nd";

    public ColumnMapping {
        headers = Map.copyOf(headers);
        factors = Map.copyOf(factors);
    }

    /** The known names alone. */
    public static ColumnMapping usual() {
        return new ColumnMapping(Map.of(), Map.of(), Optional.empty(), false);
    }

    /**
     * From entries like {@code N=params,loss=eval/loss}. {@code N=size*1e6} multiplies, {@code perplexity=header} and {@code
     * bits=header} name the loss with its unit, {@code C=6ND} leaves the file's C out.
     *
     * @throws IllegalArgumentException naming the entry that is none
     */
    public static ColumnMapping parse(String entries) {
        Map<Column, String> headers = new EnumMap<>(Column.class);
        Map<Column, Double> factors = new EnumMap<>(Column.class);
        Optional<LossUnit> lossUnit = Optional.empty();
        boolean computesFlops = false;
        for (String entry : entries.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1) {
                throw new IllegalArgumentException("column mapping entry '" + entry + "' is not of the form N=header");
            }
            String label = entry.substring(0, equals).trim();
            String header = entry.substring(equals + 1).trim();
            Optional<LossUnit> unit = unit(label);
            Column column = unit.isPresent() ? Column.LOSS : column(label);
            if (headers.containsKey(column) || (column == Column.C && computesFlops)) {
                throw new IllegalArgumentException("column mapping names " + column.label() + " twice");
            }
            if (column == Column.C && header.equalsIgnoreCase(SIX_ND)) {
                computesFlops = true;
                continue;
            }
            lossUnit = column == Column.LOSS ? unit : lossUnit;
            int star = header.lastIndexOf('*');
            Optional<Double> factor = star < 1 ? Optional.empty() : factor(header.substring(star + 1));
            factor.ifPresent(value -> factors.put(column, value));
            headers.put(column, factor.isPresent() ? header.substring(0, star).trim() : header);
        }
        return new ColumnMapping(headers, factors, lossUnit, computesFlops);
    }

    /** Whether it says anything beside the known names. */
    public boolean isUsual() {
        return equals(usual());
    }

    /** The same with a header for one more column. */
    public ColumnMapping with(Column column, String header) {
        Map<Column, String> more = new EnumMap<>(Column.class);
        more.putAll(headers);
        more.put(column, header);
        return new ColumnMapping(more, factors, lossUnit, computesFlops);
    }

    /** The same with a unit of the losses. */
    public ColumnMapping with(LossUnit unit) {
        return new ColumnMapping(headers, factors, Optional.of(unit), computesFlops);
    }

    /** The same without a header for the losses. */
    ColumnMapping withoutLoss() {
        Map<Column, String> others = new EnumMap<>(Column.class);
        headers.forEach((column, header) -> {
            if (column != Column.LOSS) {
                others.put(column, header);
            }
        });
        return new ColumnMapping(others, factors, lossUnit, computesFlops);
    }

    private static Optional<LossUnit> unit(String label) {
        for (LossUnit unit : LossUnit.values()) {
            if (unit.label().equalsIgnoreCase(label)) {
                return Optional.of(unit);
            }
        }
        return label.equalsIgnoreCase("ppl") ? Optional.of(LossUnit.PERPLEXITY) : Optional.empty();
    }

    private static Optional<Double> factor(String text) {
        try {
            double factor = Double.parseDouble(text.trim());
            return factor > 0 && factor < Double.POSITIVE_INFINITY ? Optional.of(factor) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
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
