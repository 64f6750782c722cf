package org.plmfrontier.fitting.table;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as tables carry them: 1e9, 1,000,000, 1 000 000, 1_000_000, 1'000'000, 1.000.000,5, 5M, 1.2B, 3 x 10^18. What a
 * comma means is decided for the file as a whole, see {@link DecimalMark} and {@link #hint}.
 */
final class NumberText {
    private static final int LONGEST = 40;
    private static final String BLANKS = " \u00a0\u2009\u202f'’";

    private static final Pattern POWER =
            Pattern.compile("(?:([^x×*·]+?)\\s*[x×*·]\\s*)?10\\s*\\^\\s*\\{?([+-]?\\d+)}?");
    private static final Pattern NUMBER = Pattern.compile("([+-]?)([\\d.,_" + BLANKS
            + "]*[\\d.,])(?:[eE]([+-]?\\d+))?\\s*(?:([A-Za-z]+?)s?(?:[ -]?(?:[Pp]arams?|[Pp]arameters?|[Tt]okens?|FLOPs?|[Ff]lops?"
            + "|FLOPS))?)?");
    private static final Pattern SPACED = Pattern.compile("\\d{1,3}(?:[" + BLANKS + "]\\d{3})+(?:[.,]\\d*)?");
    private static final Pattern UNDERSCORED = Pattern.compile("\\d+(?:_\\d+)+(?:[.,]\\d*)?");

    private static final Pattern LABEL = Pattern.compile("\\d+[.,](?:\\d{1,2}|\\d{4,})");

    /** What a cell says about the file's decimal mark. */
    enum Hint {
        NONE,
        /** The mark is a point, or commas group digits. */
        POINT,
        /** The mark is a comma, or points group digits. */
        COMMA,
        /** One comma before three digits: a thousand or a thousandth. */
        AMBIGUOUS
    }

    private NumberText() {}

    /** Whether the cell stands for a missing value. */
    static boolean isMissing(String cell) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "", "na", "n/a", "#n/a", "null", "none", "-", "--", "—", "?", "missing" -> true;
            default -> false;
        };
    }

    /**
     * The cell's number.
     *
     * @param counts whether suffixes such as M and B are multiples, as in counts of parameters
     * @return empty where the cell is no finite number
     */
    static OptionalDouble parse(String cell, DecimalMark mark, Scale scale, boolean counts) {
        if (isPlain(cell, mark)) {
            return finite(mark == DecimalMark.COMMA ? cell.replace(',', '.') : cell, scale);
        }
        String text = cell.trim().replace('−', '-');
        Matcher power = POWER.matcher(text);
        if (power.matches()) {
            Optional<String> mantissa = power.group(1) == null
                    ? Optional.of("1")
                    : digits(power.group(1).trim(), mark);
            return mantissa.map(m -> finite(m + "e" + power.group(2), scale)).orElse(OptionalDouble.empty());
        }
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return OptionalDouble.empty();
        }
        Optional<String> mantissa = number.group(4) == null
                ? digits(number.group(2), mark)
                : digits(number.group(2), mark).or(() -> labelled(number.group(2)));
        Optional<Integer> suffix = number.group(4) == null
                ? Optional.of(0)
                : suffix(number.group(4).toLowerCase(Locale.ROOT)).filter(exponent -> counts);
        if (mantissa.isEmpty() || suffix.isEmpty()) {
            return OptionalDouble.empty();
        }
        String exponent = number.group(3) == null ? "" : "e" + number.group(3);
        Scale whole = new Scale(scale.exponent() + suffix.get(), scale.rest());
        return finite(number.group(1) + mantissa.get() + exponent, whole);
    }

    /** Digits before a suffix, as in 1.2B beside decimal commas: a mark that is not before three digits groups nothing. */
    private static Optional<String> labelled(String text) {
        return LABEL.matcher(text).matches() ? Optional.of(text.replace(',', '.')) : Optional.empty();
    }

    /** The suffix's power of ten; empty where it is not known. */
    private static Optional<Integer> suffix(String word) {
        return switch (word) {
            case "param", "parameter", "token", "flop" -> Optional.of(0);
            default -> UnitText.exponent(word);
        };
    }

    /**
     * What the cell says about the decimal mark.
     *
     * @param fraction whether the column has numbers below a thousand only, as losses and learning rates
     */
    static Hint hint(String cell, boolean fraction) {
        int comma = cell.indexOf(',');
        int point = cell.indexOf('.');
        if (comma < 0 && point < 0) {
            return Hint.NONE;
        }
        if (comma < 0 && point == cell.lastIndexOf('.') && cell.length() - point != 4) {
            return Character.isDigit(cell.charAt(cell.length() - 1)) && !isWord(cell) ? Hint.POINT : Hint.NONE;
        }
        Matcher number = NUMBER.matcher(cell.trim());
        if (!number.matches()) {
            return Hint.NONE;
        }
        String digits = number.group(2);
        if (comma >= 0 && point >= 0) {
            return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? Hint.COMMA : Hint.POINT;
        }
        char mark = comma >= 0 ? ',' : '.';
        if (digits.indexOf(mark) != digits.lastIndexOf(mark)) {
            return comma >= 0 ? Hint.POINT : Hint.COMMA;
        }
        boolean thousand = digits.matches("[1-9]\\d{0,2}[.,]\\d{3}") && number.group(3) == null;
        if (thousand && !fraction) {
            return comma >= 0 ? Hint.AMBIGUOUS : Hint.NONE;
        }
        return comma >= 0 ? Hint.COMMA : Hint.POINT;
    }

    /** The digits with a point as the mark and no grouping; empty where they are no number. */
    private static Optional<String> digits(String text, DecimalMark mark) {
        String joined = text;
        if (SPACED.matcher(text).matches()) {
            joined = text.replaceAll("[" + BLANKS + "]", "");
        } else if (UNDERSCORED.matcher(text).matches()) {
            joined = text.replace("_", "");
        }
        String grouping = "[" + mark.grouping() + "]";
        String fraction = "(?:[" + mark.mark() + "]\\d*)?";
        boolean plain = joined.matches("\\d+" + fraction + "|[" + mark.mark() + "]\\d+");
        boolean grouped = joined.matches("\\d{1,3}(?:" + grouping + "\\d{3})+" + fraction)
                || joined.matches("\\d{1,2}(?:" + grouping + "\\d{2})+" + grouping + "\\d{3}" + fraction);
        if (!plain && !grouped) {
            return Optional.empty();
        }
        return Optional.of(joined.replace(String.valueOf(mark.grouping()), "").replace(mark.mark(), '.'));
    }

    private static boolean isWord(String cell) {
        char first = cell.charAt(0);
        return !(first >= '0' && first <= '9') && first != '.' && first != '-' && first != '+';
    }

    /** Digits, signs, an exponent and at most one mark: what needs no further look. */
    private static boolean isPlain(String cell, DecimalMark mark) {
        if (cell.isEmpty() || cell.length() > LONGEST || cell.indexOf(mark.mark()) != cell.lastIndexOf(mark.mark())) {
            return false;
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && c != mark.mark() && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    private static OptionalDouble finite(String text, Scale scale) {
        try {
            double value = Double.parseDouble(scale.exponent() == 0 ? text : shifted(text, scale.exponent()));
            double scaled = scale.rest() == 1 ? value : value * scale.rest();
            return Double.isFinite(scaled) ? OptionalDouble.of(scaled) : OptionalDouble.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }

    /** The same digits with another exponent. */
    private static String shifted(String text, int by) {
        int at = Math.max(text.indexOf('e'), text.indexOf('E'));
        long exponent = at < 0 ? 0 : Long.parseLong(text.substring(at + 1));
        return (at < 0 ? text : text.substring(0, at)) + "e" + (exponent + by);
    }
}
