package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One good table, written as people and programs write tables: each is read as the very same numbers. */
class DialectTest {
    private static final String[] HEADER = {"run", "step", "N", "D", "C", "loss", "lr"};

    /** Cells of the table in plain notation. */
    private static List<String[]> cells() {
        List<String[]> rows = new ArrayList<>();
        long[] sizes = {1_250_000, 6_000_000, 33_000_000};
        for (int run = 0; run < sizes.length; run++) {
            for (int i = 1; i <= 4; i++) {
                long tokens = 40_000_000L * i;
                double flops = 6.25 * sizes[run] * tokens;
                double loss = 1.7 + 3 / Math.sqrt(run + 2) + 1.0 / i;
                rows.add(new String[] {
                    "run-" + run,
                    String.valueOf(1000 * i),
                    String.valueOf(sizes[run]),
                    String.valueOf(tokens),
                    String.format(Locale.ROOT, "%.6e", flops),
                    String.format(Locale.ROOT, "%.4f", loss),
                    i == 4 ? "" : "0.0004"
                });
            }
        }
        return rows;
    }

    private record Written(String name, List<String> lines) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A table whose cells and header are changed one by one and joined. */
    private static Written written(String name, String separator, String[] header, CellChange change) {
        List<String> lines = new ArrayList<>(List.of(String.join(separator, header)));
        for (String[] row : cells()) {
            String[] changed = new String[row.length];
            for (int i = 0; i < row.length; i++) {
                changed[i] = change.of(HEADER[i], row[i]);
            }
            lines.add(String.join(separator, changed));
        }
        return new Written(name, lines);
    }

    private interface CellChange {
        String of(String column, String cell);
    }

    private static Written joined(String name, String separator) {
        return written(name, separator, HEADER, (column, cell) -> cell);
    }

    private static Written lines(String name, Function<List<String>, List<String>> change) {
        return new Written(name, change.apply(new ArrayList<>(joined("", ",").lines())));
    }

    private static Written numbers(String name, String separator, UnaryOperator<String> change) {
        return written(name, separator, HEADER, (column, cell) -> column.equals("run") ? cell : change.apply(cell));
    }

    private static Written counts(String name, UnaryOperator<String> change) {
        return written(
                name, ";", HEADER, (column, cell) -> List.of("N", "D").contains(column) ? change.apply(cell) : cell);
    }

    private static String[] header(String... names) {
        String[] header = HEADER.clone();
        for (int i = 0; i < names.length; i += 2) {
            header[Arrays.asList(HEADER).indexOf(names[i])] = names[i + 1];
        }
        return header;
    }

    private static String grouped(String digits, String separator) {
        return digits.replaceAll("(?<=\\d)(?=(\\d{3})+$)", separator);
    }

    private static String scaled(String digits, int exponent) {
        return new java.math.BigDecimal(digits)
                .movePointLeft(exponent)
                .stripTrailingZeros()
                .toPlainString();
    }

    static Stream<Written> dialects() {
        return Stream.of(separators(), around(), marks(), units(), names()).flatMap(List::stream);
    }

    private static List<Written> separators() {
        return List.of(
                joined("semicolons", ";"),
                joined("tabs", "\t"),
                joined("bars", "|"),
                joined("blanks beside commas", " , "),
                written("quotes everywhere", ",", header(), (column, cell) -> '"' + cell + '"'),
                written(
                        "quoted runs with commas",
                        ",",
                        HEADER,
                        (column, cell) -> cell.replaceAll("^run-(.)$", "\"run-$1\"")),
                lines("Markdown", lines -> {
                    List<String> table = new ArrayList<>();
                    lines.forEach(line -> table.add("| " + line.replace(",", " | ") + " |"));
                    table.add(1, "|---|:---|---:|---|---|---|---|");
                    return table;
                }));
    }

    private static List<Written> around() {
        return List.of(
                lines("byte order mark", lines -> {
                    lines.set(0, "\uFEFF" + lines.getFirst());
                    return lines;
                }),
                lines(
                        "blank lines",
                        lines -> lines.stream()
                                .flatMap(line -> Stream.of("", line, "  ", ",,,"))
                                .toList()),
                lines("comments with # and //", lines -> {
                    lines.add(0, "# losses of May");
                    lines.add(4, "// restarted here");
                    return lines;
                }),
                lines("a DOS end mark", lines -> {
                    lines.add("\u001A");
                    return lines;
                }),
                lines("a commented header", lines -> {
                    lines.set(0, "# " + lines.getFirst());
                    return lines;
                }),
                lines("a title above", lines -> {
                    lines.addAll(0, List.of("Scaling study, spring", "sheet 2"));
                    return lines;
                }),
                lines("Excel's sep line", lines -> {
                    List<String> all = new ArrayList<>(List.of("sep=;"));
                    lines.forEach(line -> all.add(line.replace(',', ';')));
                    return all;
                }),
                lines(
                        "separators at the end",
                        lines -> lines.stream().map(line -> line + ",,").toList()),
                lines("separators at the end of rows alone", lines -> {
                    List<String> all = new ArrayList<>(List.of(lines.getFirst()));
                    lines.stream().skip(1).forEach(line -> all.add(line + ","));
                    return all;
                }),
                lines("further columns", lines -> {
                    List<String> all = new ArrayList<>(List.of("note,host," + lines.getFirst()));
                    lines.stream().skip(1).forEach(line -> all.add("\"slow, 5\"\" disk\",gpu-3," + line));
                    return all;
                }),
                lines("cells of two lines", lines -> {
                    List<String> all = new ArrayList<>(List.of("note," + lines.getFirst()));
                    lines.stream()
                            .skip(1)
                            .forEach(line -> all.addAll(List.of("\"first, line", "second \"\"line\"\"\"," + line)));
                    return all;
                }));
    }

    private static List<Written> marks() {
        return List.of(
                numbers("decimal commas", ";", cell -> cell.replace('.', ',')),
                numbers("decimal commas and tabs", "\t", cell -> cell.replace('.', ',')),
                numbers("decimal commas in quotes", ",", cell -> '"' + cell.replace('.', ',') + '"'),
                written("decimal commas, thousands with points", ";", HEADER, (column, cell) -> switch (column) {
                    case "N", "D" -> grouped(cell, ".");
                    case "run" -> cell;
                    default -> cell.replace('.', ',');
                }),
                counts("thousands with commas", cell -> grouped(cell, ",")),
                counts("thousands with blanks", cell -> grouped(cell, " ")),
                counts("thousands with hard blanks", cell -> grouped(cell, "\u00a0")),
                counts("thousands with narrow blanks", cell -> grouped(cell, "\u202f")),
                counts("thousands with apostrophes", cell -> grouped(cell, "'")),
                counts("thousands with underscores", cell -> grouped(cell, "_")),
                numbers("signs", ",", cell -> cell.isEmpty() ? cell : "+" + cell),
                numbers("upper case exponents", ",", cell -> cell.replace('e', 'E')));
    }

    private static List<Written> units() {
        return List.of(
                counts("suffix M", cell -> scaled(cell, 6) + "M"),
                counts("suffix m", cell -> scaled(cell, 6) + " m"),
                counts("suffix k", cell -> scaled(cell, 3) + "k"),
                counts("suffix B", cell -> scaled(cell, 9) + "B"),
                counts("words", cell -> scaled(cell, 6) + " million"),
                counts("exponents", cell -> scaled(cell, 5) + "e5"),
                counts("powers of ten", cell -> scaled(cell, 6) + " x 10^6"),
                counts("times powers of ten", cell -> scaled(cell, 7) + "·10^7"),
                written(
                        "units in the header",
                        ",",
                        header("N", "N (millions)", "D", "tokens [B]", "C", "flops (1e18)", "loss", "loss [nats]"),
                        (column, cell) -> switch (column) {
                            case "N" -> scaled(cell, 6);
                            case "D" -> scaled(cell, 9);
                            case "C" -> scaled(cell, 18);
                            default -> cell;
                        }),
                written(
                        "units behind the name",
                        ",",
                        header("N", "params_M", "D", "tokens_in_billions", "C", "Compute (EFLOPs)", "step", "step (k)"),
                        (column, cell) -> switch (column) {
                            case "N" -> scaled(cell, 6);
                            case "D" -> scaled(cell, 9);
                            case "C" -> scaled(cell, 18);
                            case "step" -> scaled(cell, 3);
                            default -> cell;
                        }));
    }

    private static List<Written> names() {
        return List.of(
                written(
                        "usual names",
                        ",",
                        header(
                                "run",
                                "Run Name",
                                "step",
                                "trainer/global_step",
                                "N",
                                "numParams",
                                "D",
                                "tokens seen",
                                "C",
                                "Total FLOPs",
                                "loss",
                                "Validation Loss",
                                "lr",
                                "learning_rate"),
                        (column, cell) -> cell),
                written(
                        "upper and lower case",
                        ",",
                        header("run", "RUN", "step", "Step", "N", "n", "D", "d", "C", "c", "loss", "LOSS", "lr", "LR"),
                        (column, cell) -> cell),
                lines(
                        "columns in another order",
                        lines -> lines.stream()
                                .map(line -> {
                                    List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
                                    return String.join(",", cells.reversed());
                                })
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void isReadAsTheSameNumbers(Written file) {
        LossTable plain = TableReader.read(joined("plain", ",").lines().stream(), ColumnMapping.usual());
        LossTable table = TableReader.read(file.lines().stream(), ColumnMapping.usual());
        assertThat(content(table)).isEqualTo(content(plain)).hasSize(cells().size());
        assertThat(plain.findings()).isEmpty();
        assertThat(table.findings())
                .as("nothing is set apart")
                .noneMatch(finding -> finding.kind().setsApart());
    }

    private static List<TableRow> content(LossTable table) {
        return table.rows().stream()
                .map(row -> new TableRow(0, row.run(), row.group(), row.measured(), row.training()))
                .toList();
    }

    @Test
    void aPointBeforeASuffixIsADecimalMarkBesideDecimalCommasToo() {
        LossTable table = TableReader.read(
                Stream.of("run;N;D;loss", "a;1.2B;650000k;3,5", "b;1,5B;650M;3,25", "c;1.234M;650M;3,2"),
                ColumnMapping.usual());
        assertThat(table.rows()).extracting(TableRow::parameters).containsExactly(1.2e9, 1.5e9, 1234e6);
    }
}
