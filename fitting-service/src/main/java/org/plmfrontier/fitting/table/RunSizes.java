package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * N, tokens and FLOPs per step of runs, for files that hold losses by step alone: of a table of runs, else of the run's name,
 * else of what was said for every run.
 *
 * @param sheet one row per run
 * @param names what the names of runs say
 * @param every what holds for every run of which nothing nearer is known
 * @param name the run of a file that names none and has no N; empty where each of its rows is a run
 */
public record RunSizes(Optional<RunSheet> sheet, Optional<NamedSizes> names, RunSize every, String name) {
    private static final int SHOWN = 5;

    /** Nothing is known beside what the file holds. */
    public static RunSizes none() {
        return new RunSizes(Optional.empty(), Optional.empty(), RunSize.UNKNOWN, "");
    }

    /** Of a table of runs alone. */
    public static RunSizes of(RunSheet sheet) {
        return new RunSizes(Optional.of(sheet), Optional.empty(), RunSize.UNKNOWN, "");
    }

    /**
     * A number of an option such as 650M or 1048576.
     *
     * @param field the option, for messages
     * @throws IllegalArgumentException naming the option and the text that is no positive number
     */
    public static double count(String field, String text) {
        OptionalDouble value = NumberText.parse(text, DecimalMark.POINT, Scale.ONE, true);
        if (value.isEmpty() || !(value.getAsDouble() > 0)) {
            throw new IllegalArgumentException(
                    field + ": '" + text + "' is not a positive number such as 650M, 1.2B or 1048576");
        }
        return value.getAsDouble();
    }

    /** The same for a file whose one run is called so. */
    public RunSizes named(String run) {
        return new RunSizes(sheet, names, every, run);
    }

    /** Whether nothing is known beside what the file holds. */
    public boolean isEmpty() {
        return sheet.isEmpty() && names.isEmpty() && every.equals(RunSize.UNKNOWN);
    }

    /** What is known of a run. */
    public RunSize of(String run) {
        RunSize listed = sheet.map(RunSheet::sizes).map(sizes -> sizes.get(run)).orElse(RunSize.UNKNOWN);
        return listed.or(names.map(known -> known.of(run)).orElse(RunSize.UNKNOWN))
                .or(every);
    }

    /** Whether FLOPs per step are known of some run. */
    public boolean sayFlops() {
        return every.flopsPerStep().isPresent()
                || names.map(NamedSizes::sayFlops).orElse(false)
                || sheet.stream()
                        .flatMap(found -> found.sizes().values().stream())
                        .anyMatch(size -> size.flopsPerStep().isPresent());
    }

    /**
     * Checks that N is known of each run, and where {@code steps} stand for tokens, what a step is.
     *
     * @param steps whether D has to follow from steps
     * @param line where the runs stand in the file; 0 where in no one line
     * @throws BadTableException naming the runs of which it is not, and the options that would say it
     */
    public void require(Stream<String> runs, boolean steps, int line) {
        List<String> all = runs.toList();
        List<String> sizeless =
                all.stream().filter(run -> of(run).parameters().isEmpty()).toList();
        String place = line == 0 ? "" : "line " + line + ": ";
        if (!sizeless.isEmpty()) {
            String where = sheet.isPresent() ? "the table of --runs lacks " : "N is not known of ";
            throw new BadTableException(
                    place + where + among(sizeless, all) + "; " + giveParameters(), line, Column.N.label());
        }
        List<String> stepless =
                all.stream().filter(run -> steps && !of(run).saysTokens()).toList();
        if (!stepless.isEmpty()) {
            throw new BadTableException(
                    place + "tokens per step are not known of " + among(stepless, all) + "; " + giveTokens(),
                    line,
                    Column.D.label());
        }
    }

    boolean sayParameters() {
        return sheet.isPresent()
                || every.parameters().isPresent()
                || names.map(NamedSizes::sayParameters).orElse(false);
    }

    /** Whether D follows from steps for some run. */
    public boolean sayTokens() {
        return sheet.isPresent()
                || every.saysTokens()
                || names.map(NamedSizes::sayTokens).orElse(false);
    }

    /** The run of a file without a column for it: of a table of runs of one row, else the file's own where it has no N. */
    Optional<String> onlyRun(boolean hasParameters) {
        Optional<String> listed = sheet.map(RunSheet::sizes)
                .filter(sizes -> sizes.size() == 1)
                .map(sizes -> sizes.keySet().iterator().next());
        return listed.or(() -> Optional.of(name).filter(run -> !hasParameters && !run.isEmpty()));
    }

    /** Why N of a run is not known, and what would say it. */
    String withoutParameters(String run) {
        return sheet.isPresent()
                ? "the table of --runs has no run '" + run + "'; add it there, or " + giveParameters()
                : "N of run '" + run + "' is not known; " + giveParameters();
    }

    /** Why the tokens of a run are not known, and what would say them. */
    String withoutTokens(String run) {
        return (sheet.isPresent()
                        ? "the table of --runs has no tokens_per_step for the run"
                        : "tokens per step of run '" + run + "' are not known")
                + "; " + giveTokens();
    }

    static String giveParameters() {
        return "give N with --parameters, by a group 'parameters' of --run-pattern or in a table --runs RUNS.csv of columns"
                + " run,N,tokens_per_step";
    }

    static String giveTokens() {
        return "give them with --tokens-per-step (or --flops-per-step), by a group 'tokensPerStep' of --run-pattern or as"
                + " tokens_per_step in the table of --runs";
    }

    private static String among(List<String> some, List<String> all) {
        String shown = some.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return some.size() + " of " + all.size() + (all.size() == 1 ? " run: " : " runs: ") + shown
                + (some.size() > SHOWN ? " and " + (some.size() - SHOWN) + " more" : "");
    }
}
