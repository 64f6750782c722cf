package org.plmfrontier.fitting.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.Candidates.Candidate;

/** How a file is to be read, decided for the file as a whole before the first row is taken. Immutable. */
final class TableFormat {
    private final Layout layout;
    private final TextRecord header;
    private final Map<Column, Place> places = new EnumMap<>(Column.class);
    private final Set<Column> sure = EnumSet.noneOf(Column.class);
    private final List<Finding> findings = new ArrayList<>();
    private final Optional<WideExport> wide;
    private final RunSizes sizes;
    private DecimalMark mark = DecimalMark.POINT;
    private LossUnit lossUnit = LossUnit.NATS;

    private TableFormat(Layout layout, TextRecord header, Optional<WideExport> wide, RunSizes sizes) {
        this.layout = layout;
        this.header = header;
        this.wide = wide;
        this.sizes = sizes;
    }

    /**
     * Looks through a file.
     *
     * @param sizes N and tokens per step by run, for files without them
     * @throws BadTableException where the file is no table of losses or optima
     */
    static TableFormat of(TextSource text, ColumnMapping mapping, RunSizes sizes) {
        List<String> head;
        try (Stream<String> lines = text.lines()) {
            head = lines.limit(Layout.HEAD).toList();
        }
        if (head.isEmpty()) {
            throw new BadTableException("the file is empty");
        }
        Layout layout = Layout.of(withoutMark(head), mapping);
        TextRecord header = trimmed(header(text, layout));
        Optional<WideExport> export =
                WideExport.of(header.cells(), mapping.headers().get(Column.LOSS));
        ColumnMapping used = export.map(found -> found.withAxis(header.cells(), mapping.withoutLoss()))
                .orElse(mapping);
        Candidates candidates = Candidates.of(header.line(), header.cells(), used);
        Optional<WideExport> wide =
                export.filter(found -> candidates.of(Column.LOSS).isEmpty());
        TableFormat format = new TableFormat(layout, header, wide, sizes);
        format.findings.addAll(text.notes());
        format.requireColumns(candidates);
        Survey survey = Survey.of(text, layout, header.cells(), format.looked(candidates));
        for (Column column : Column.values()) {
            format.choose(column, candidates.of(column), survey, used);
        }
        format.mark = survey.mark();
        format.findings.addAll(survey.notes());
        format.noteLayout(mapping);
        return format;
    }

    Layout layout() {
        return layout;
    }

    /** Cells of a row. */
    int width() {
        return header.cells().length;
    }

    /** Where a column stands; empty where the file has none. */
    Optional<Place> place(Column column) {
        return Optional.ofNullable(places.get(column));
    }

    DecimalMark mark() {
        return mark;
    }

    LossUnit lossUnit() {
        return lossUnit;
    }

    Optional<WideExport> wide() {
        return wide;
    }

    RunSizes sizes() {
        return sizes;
    }

    /** Whether the column for steps counts what was logged, and not steps of the optimiser. */
    boolean countsLogs() {
        return place(Column.STEP)
                .map(place -> header.cells()[place.index()].startsWith("_"))
                .orElse(false);
    }

    /** Of which columns the file or the mapping says the unit. */
    KnownUnits units() {
        String loss = wide.map(WideExport::metric)
                .or(() -> place(Column.LOSS).map(place -> header.cells()[place.index()]))
                .orElse(Column.LOSS.label());
        return new KnownUnits(
                sure.contains(Column.N),
                sure.contains(Column.D),
                sure.contains(Column.C),
                sure.contains(Column.LOSS),
                loss);
    }

    /** How the file was understood. */
    Interpretation interpretation() {
        String between = switch (layout.separator()) {
            case ',' -> "commas";
            case ';' -> "semicolons";
            case '\t' -> "tabs";
            case '|' -> "bars";
            default -> "'" + layout.separator() + "'";
        };
        String axis = place(Column.D)
                .map(place -> "tokens of column '" + header.cells()[place.index()] + "'")
                .or(() -> place(Column.STEP)
                        .map(place -> "steps of column '" + header.cells()[place.index()] + "', times tokens per step"))
                .orElse("none");
        return new Interpretation(
                (wide.isPresent() ? "chart of Weights and Biases, one column per run" : "table") + ", separated by "
                        + between,
                axis,
                "'" + units().lossHeader() + "' in " + lossUnit.label());
    }

    /** Whether this is a table of optima: C and N_opt, and no losses with N and D. */
    boolean isOptima() {
        return places.containsKey(Column.N_OPT)
                && places.containsKey(Column.C)
                && !places.keySet().containsAll(Set.of(Column.N, Column.D, Column.LOSS));
    }

    /** What was decided and a reader should know. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    private static List<String> withoutMark(List<String> head) {
        List<String> lines = new ArrayList<>(head);
        String first = Objects.requireNonNull(head.getFirst());
        lines.set(0, first.startsWith("\uFEFF") ? first.substring(1) : first);
        return lines;
    }

    private static TextRecord header(TextSource text, Layout layout) {
        try (Stream<String> lines = text.lines()) {
            Iterator<String> iterator = lines.iterator();
            return new RecordReader(iterator, layout)
                    .next()
                    .orElseThrow(() -> new BadTableException("the file is empty"));
        }
    }

    /** Names at the end that are blank come of separators at the end of lines. */
    private static TextRecord trimmed(TextRecord header) {
        int width = header.cells().length;
        while (width > 1 && header.cells()[width - 1].isEmpty()) {
            width--;
        }
        return new TextRecord(header.line(), java.util.Arrays.copyOf(header.cells(), width));
    }

    private void requireColumns(Candidates candidates) {
        int line = header.line();
        if (wide.isPresent()) {
            if (sizes.isEmpty()) {
                throw wide.get().withoutSizes(line);
            }
            wide.get()
                    .requireIn(
                            sizes,
                            line,
                            candidates.of(Column.D).isEmpty()
                                    && !candidates.of(Column.STEP).isEmpty());
        }
        List<Column> missing = new ArrayList<>();
        boolean steps = sizes.sayTokens() && !candidates.of(Column.STEP).isEmpty();
        if (candidates.of(Column.N).isEmpty() && !sizes.sayParameters()) {
            missing.add(Column.N);
        }
        if (candidates.of(Column.D).isEmpty() && !steps) {
            missing.add(Column.D);
        }
        if (candidates.of(Column.LOSS).isEmpty() && wide.isEmpty()) {
            missing.add(Column.LOSS);
        }
        boolean optima = !candidates.of(Column.N_OPT).isEmpty()
                && !candidates.of(Column.C).isEmpty();
        if (missing.isEmpty() || optima) {
            return;
        }
        if (Headers.isTensorBoard(header.cells())) {
            throw Headers.tensorBoard(line);
        }
        long numbers = Stream.of(header.cells()).filter(TableFormat::isNumber).count();
        if (2 * numbers >= header.cells().length) {
            throw Headers.numbers(line, header.cells());
        }
        throw Headers.missing(line, missing, header.cells());
    }

    private static boolean isNumber(String cell) {
        return NumberText.parse(cell, DecimalMark.POINT, Scale.ONE, true).isPresent()
                || NumberText.parse(cell, DecimalMark.COMMA, Scale.ONE, true).isPresent();
    }

    /** Which columns the survey looks at, and whether their numbers are below a thousand. */
    private Map<Integer, Boolean> looked(Candidates candidates) {
        Map<Integer, Boolean> looked = new HashMap<>();
        for (Column column : Column.values()) {
            if (column.isNumeric()) {
                candidates.of(column).forEach(candidate -> looked.put(candidate.index(), column.isFraction()));
            }
        }
        wide.ifPresent(export -> export.columns().forEach(column -> looked.put(column.index(), true)));
        return looked;
    }

    private void choose(Column column, List<Candidate> candidates, Survey survey, ColumnMapping mapping) {
        if (candidates.isEmpty()) {
            return;
        }
        List<Candidate> filled = column.isNumeric()
                ? candidates.stream()
                        .filter(candidate -> survey.hasNumbers(candidate.index()))
                        .toList()
                : candidates;
        if (filled.isEmpty() && (column == Column.LR || column == Column.C)) {
            return; // a column of blanks is none
        }
        Candidate taken = filled.isEmpty() ? candidates.getFirst() : filled.getFirst();
        places.put(column, new Place(taken.index(), scale(column, taken, mapping)));
        if (column == Column.LOSS) {
            lossUnit = mapping.lossUnit()
                    .orElseGet(
                            () -> LossName.of(taken.name()).map(LossName::unit).orElse(LossUnit.NATS));
            noteConversion(taken.name().text());
            if (mapping.lossUnit().isPresent() || LossName.saysUnit(taken.name())) {
                sure.add(column);
            }
        }
        boolean told = Set.of(Column.LOSS, Column.N, Column.D, Column.C, Column.N_OPT, Column.D_OPT)
                .contains(column);
        if (told && filled.size() > 1) {
            String others = filled.stream()
                    .skip(1)
                    .map(candidate -> candidate.name().text())
                    .collect(Collectors.joining(", "));
            note(
                    Finding.Kind.COLUMN_CHOSEN,
                    column.label(),
                    "'" + taken.name().text() + "' is taken as " + column.label() + "; " + others
                            + (filled.size() > 2 ? " answer" : " answers") + " to it too: choose with --columns "
                            + column.label() + "=" + filled.get(1).name().text());
        }
        if (column == Column.N && Column.N.rank(taken.name()).orElse(0) > 2) {
            note(
                    Finding.Kind.COLUMN_CHOSEN,
                    column.label(),
                    "N is taken from '" + taken.name().text() + "', which counts a part of the parameters");
        }
    }

    private Scale scale(Column column, Candidate taken, ColumnMapping mapping) {
        Double factor = mapping.factors().get(column);
        if (factor != null) {
            sure.add(column);
            return Scale.of(factor);
        }
        String unit = taken.name().unit();
        boolean words = column == Column.LOSS ? LossName.knows(unit) : !column.isNumeric() || isPart(unit);
        if (unit.isEmpty() || words) {
            return Scale.ONE;
        }
        Optional<Scale> scale = column == Column.LOSS ? Optional.empty() : UnitText.scale(unit);
        if (scale.isPresent()) {
            sure.add(column);
        }
        if (scale.isEmpty() || !scale.get().isOne()) {
            note(
                    Finding.Kind.HEADER_UNIT,
                    column.label(),
                    "header '" + taken.name().text() + "': "
                            + scale.map(known -> "numbers are multiplied by " + known.factor())
                                    .orElse("the unit '" + unit + "' is not known, numbers are taken as they are"));
        }
        return scale.orElse(Scale.ONE);
    }

    /** Words such as "non-embedding" or "total" say what was counted, not in which unit. */
    private static boolean isPart(String unit) {
        return HeaderName.of(unit).words().stream()
                .anyMatch(word -> Set.of(
                                "embedding", "embeddings", "emb", "total", "active", "trainable", "seen", "unique")
                        .contains(word));
    }

    private void noteConversion(String text) {
        if (lossUnit != LossUnit.NATS) {
            note(
                    Finding.Kind.LOSS_CONVERTED,
                    Column.LOSS.label(),
                    "'" + text + "' holds " + lossUnit.label() + ", converted to nats by "
                            + (lossUnit == LossUnit.BITS ? "ln 2" : "their logarithm"));
        }
    }

    private void noteLayout(ColumnMapping mapping) {
        if (layout.skipped() > 0) {
            note(Finding.Kind.SKIPPED_LINES, "", layout.skipped() + " lines above the header are not read");
        }
        boolean givenN = places.containsKey(Column.N) && sizes.sayParameters();
        boolean givenD = places.containsKey(Column.D) && sizes.sayTokens();
        if (givenN && givenD) {
            note(
                    Finding.Kind.COLUMN_CHOSEN,
                    Column.N.label(),
                    "N and D of the file are taken, not those of --runs or other options");
        } else if (sizes.sheet().isEmpty() && (givenN || givenD)) {
            String what = givenN ? Column.N.label() : Column.D.label();
            note(Finding.Kind.COLUMN_CHOSEN, what, what + " of the file is taken, not that of the options");
        }
        wide.ifPresent(export -> {
            lossUnit = mapping.lossUnit().orElse(export.unit());
            noteConversion(export.metric());
            noteAxis(Column.STEP, mapping);
            noteAxis(Column.D, mapping);
            if (!export.others().isEmpty()) {
                note(
                        Finding.Kind.COLUMN_CHOSEN,
                        Column.LOSS.label(),
                        "'" + export.metric() + "' is taken as loss; there are " + String.join(", ", export.others())
                                + " too: choose with --columns loss="
                                + export.others().getFirst());
            }
        });
    }

    private void noteAxis(Column column, ColumnMapping mapping) {
        place(column)
                .map(place -> header.cells()[place.index()])
                .filter(name -> !mapping.headers().containsKey(column)
                        && column.rank(HeaderName.of(name)).isEmpty())
                .ifPresent(name -> note(
                        Finding.Kind.COLUMN_CHOSEN,
                        column.label(),
                        "the first column, '" + name + "', is taken as " + column.label()));
    }

    private void note(Finding.Kind kind, String column, String what) {
        findings.add(Finding.at(kind, header.line(), column, "", what));
    }
}
