package org.plmfrontier.fitting.table;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a whole file says about its columns, read once before any row is taken: which are filled, and how commas are meant. */
final class Survey {
    /** A cell that says something about the decimal mark. */
    private record Evidence(int line, String header, String cell) {
        String place() {
            return "'" + cell + "' on line " + line + ", column " + header;
        }
    }

    private final Map<Integer, Boolean> fractions;
    private final String[] header;
    private final Set<Integer> numbered = new HashSet<>();
    private final Map<NumberText.Hint, Evidence> evidence = new HashMap<>();
    private @Nullable Evidence comma;
    private long records;
    private long longer;
    private int firstLonger;
    private int cellsOfLonger;

    private Survey(String[] header, Map<Integer, Boolean> fractions) {
        this.header = header;
        this.fractions = fractions;
    }

    /**
     * Reads a whole file.
     *
     * @param fractions by column that is looked at, whether its numbers are below a thousand
     * @throws BadTableException where there is no record, or each has more cells than the header
     */
    static Survey of(TextSource text, Layout layout, String[] header, Map<Integer, Boolean> fractions) {
        Survey survey = new Survey(header, fractions);
        try (Stream<String> lines = text.lines()) {
            Iterator<String> iterator = lines.iterator();
            RecordReader reader = new RecordReader(iterator, layout);
            reader.next();
            for (Optional<TextRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                survey.add(next.get());
            }
        }
        survey.requireRecords();
        return survey;
    }

    /** Whether any record has a number in the column. */
    boolean hasNumbers(int index) {
        return numbered.contains(index);
    }

    /**
     * The file's decimal mark.
     *
     * @throws BadTableException where cells contradict each other, or none says whether 1,234 is more or less than two
     */
    DecimalMark mark() {
        Evidence point = evidence.get(NumberText.Hint.POINT);
        Evidence decimalComma = evidence.get(NumberText.Hint.COMMA);
        Evidence ambiguous = evidence.get(NumberText.Hint.AMBIGUOUS);
        if (point != null && decimalComma != null) {
            throw new BadTableException(
                    "line " + decimalComma.line() + ", column " + decimalComma.header() + ": " + decimalComma.place()
                            + " is written with a decimal comma and " + point.place()
                            + " with a decimal point; write all numbers of a file alike",
                    decimalComma.line(),
                    decimalComma.header());
        }
        if (ambiguous != null && point == null && decimalComma == null) {
            throw new BadTableException(
                    "line " + ambiguous.line() + ", column " + ambiguous.header() + ": " + ambiguous.place()
                            + " can be a thousand times more or less, and nothing in the file tells decimal commas from"
                            + " thousands; write numbers without separators between digits",
                    ambiguous.line(),
                    ambiguous.header());
        }
        return decimalComma == null ? DecimalMark.POINT : DecimalMark.COMMA;
    }

    /** How commas are read, where numbers have some. */
    List<Finding> notes() {
        if (comma == null) {
            return List.of();
        }
        String reading = mark() == DecimalMark.COMMA ? "are decimal marks" : "group thousands";
        return List.of(Finding.at(
                Finding.Kind.NUMBER_FORMAT,
                comma.line(),
                comma.header(),
                "",
                "commas in numbers, as in '" + comma.cell() + "', " + reading));
    }

    private void add(TextRecord record) {
        String[] cells = record.cells();
        records++;
        if (RowReader.excess(cells, header.length)) {
            firstLonger = longer == 0 ? record.line() : firstLonger;
            cellsOfLonger = longer == 0 ? cells.length : cellsOfLonger;
            longer++;
            return;
        }
        fractions.forEach((index, fraction) -> {
            if (index < cells.length && !cells[index].isEmpty()) {
                look(record.line(), index, cells[index], fraction);
            }
        });
    }

    private void look(int line, int index, String cell, boolean fraction) {
        NumberText.Hint hint = NumberText.hint(cell, fraction);
        Evidence here = new Evidence(line, header[index], cell);
        if (hint != NumberText.Hint.NONE && !evidence.containsKey(hint)) {
            evidence.put(hint, here);
        }
        if (comma == null && hint != NumberText.Hint.NONE && cell.indexOf(',') >= 0) {
            comma = here;
        }
        if (!numbered.contains(index) && isNumber(cell, fraction)) {
            numbered.add(index);
        }
    }

    private static boolean isNumber(String cell, boolean fraction) {
        return NumberText.parse(cell, DecimalMark.POINT, Scale.ONE, !fraction).isPresent()
                || NumberText.parse(cell, DecimalMark.COMMA, Scale.ONE, !fraction)
                        .isPresent();
    }

    private void requireRecords() {
        if (records == 0) {
            throw new BadTableException("the file has a header and no rows");
        }
        if (longer == records) {
            throw new BadTableException(
                    "line " + firstLonger + ": every row has more cells than the header, here " + cellsOfLonger
                            + " and "
                            + header.length
                            + "; if decimals are written with commas, separate cells by semicolons, and give"
                            + " each column a name",
                    firstLonger,
                    "");
        }
    }
}
