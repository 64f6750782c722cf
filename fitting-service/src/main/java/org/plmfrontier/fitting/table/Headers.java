package org.plmfrontier.fitting.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of a header that is no header of a table of losses. */
final class Headers {
    private static final int SHOWN = 30;
    /** N, D and a loss. */
    private static final int NEEDED = 3;

    private Headers() {}

    /** The refusal of a file that lacks a header which was named by hand. */
    static BadTableException missing(int line, String header, String[] found) {
        return new BadTableException(
                "line " + line + ": the file has no column " + header + "; its columns are " + list(found),
                line,
                header);
    }

    /** The refusal of a file that lacks columns, with the headers that are near to them. */
    static BadTableException missing(int line, List<Column> columns, String[] found) {
        String names =
                columns.stream().map(column -> "no column " + column.label()).collect(Collectors.joining(" and "));
        String hints = columns.stream()
                .flatMap(column -> near(column, found).map(header -> column.label() + "=" + header).stream())
                .collect(Collectors.joining(","));
        boolean optima = columns.contains(Column.LOSS) && has(Column.N, found) && has(Column.C, found);
        String next = (hints.isEmpty()
                        ? "name it with --columns " + columns.getFirst().label() + "=HEADER"
                        : "if they are meant, name them with --columns " + hints)
                + (columns.size() == NEEDED && has(Column.STEP, found)
                        ? "; if each column is a run, call it 'run - loss' and give N and tokens per step with --runs RUNS.csv"
                        : "")
                + (columns.contains(Column.LOSS) || !has(Column.STEP, found)
                        ? ""
                        : "; ./frontier fit and import take N from --parameters and D from --tokens-per-step too")
                + (optima ? "; or, if each N is the best one for its C, with --columns N_opt=HEADER" : "");
        return new BadTableException(
                "line " + line + ": the file has " + names + "; its columns are " + list(found) + "; " + next,
                line,
                columns.getFirst().label());
    }

    private static boolean has(Column column, String[] found) {
        return Arrays.stream(found)
                .anyMatch(cell -> column.rank(HeaderName.of(cell)).isPresent());
    }

    /** The refusal of a file whose first line holds numbers. */
    static BadTableException numbers(int line, String[] found) {
        return new BadTableException(
                "line " + line + ": the file has no column names: its first line holds numbers (" + list(found)
                        + "); put a line such as run,N,D,C,loss above it",
                line,
                "");
    }

    /** The refusal of TensorBoard's export of one scalar. */
    static BadTableException tensorBoard(int line) {
        return new BadTableException(
                "line " + line
                        + ": this is TensorBoard's export of one scalar of one run (Wall time, Step, Value), which lacks N and"
                        + " tokens; ./frontier fit and import read it with --parameters and --tokens-per-step, or with --runs"
                        + " RUNS.csv (columns run,N,tokens_per_step), and a folder of several; else several runs go into one"
                        + " file with columns run,N,D,loss",
                line,
                "Value");
    }

    /** Whether these are the columns of TensorBoard's export. */
    static boolean isTensorBoard(String[] header) {
        List<String> names =
                Arrays.stream(header).map(cell -> HeaderName.of(cell).joined()).toList();
        return names.contains("walltime") && names.contains("step") && names.contains("value");
    }

    static String list(String[] header) {
        String shown = Arrays.stream(header).limit(SHOWN).collect(Collectors.joining(", "));
        return header.length > SHOWN ? shown + " and " + (header.length - SHOWN) + " more" : shown;
    }

    /** The header nearest to a name of the column, at most a third of its letters off. */
    private static Optional<String> near(Column column, String[] found) {
        List<String> names = column == Column.LOSS
                ? List.of("loss", "valloss", "trainloss", "evalloss", "testloss", "perplexity")
                : column.names();
        return Arrays.stream(found)
                .filter(header -> !header.isBlank() && !Candidates.isKnown(header))
                .filter(header -> names.stream().anyMatch(name -> isNear(name, joined(header))))
                .findFirst();
    }

    private static String joined(String header) {
        return HeaderName.of(header).joined().toLowerCase(Locale.ROOT);
    }

    private static boolean isNear(String name, String header) {
        int length = Math.max(name.length(), header.length());
        boolean holds = name.length() > 3 && header.contains(name);
        return holds || (length > 3 && distance(name, header) <= length / 3);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
