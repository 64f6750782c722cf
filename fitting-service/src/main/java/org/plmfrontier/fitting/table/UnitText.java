package org.plmfrontier.fitting.table;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people write for a multiple: k, M, billions, 1e18, 10^18 FLOPs, EFLOPs, PF-days. */
final class UnitText {
    private static final double SECONDS_OF_A_DAY = 86_400;
    private static final String NOUN = "(?:params?|parameters?|tokens?|residues?|flops?|f|steps?|operations?|ops)";

    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("k", 3),
            Map.entry("kilo", 3),
            Map.entry("thousand", 3),
            Map.entry("m", 6),
            Map.entry("mn", 6),
            Map.entry("mln", 6),
            Map.entry("mio", 6),
            Map.entry("mega", 6),
            Map.entry("million", 6),
            Map.entry("b", 9),
            Map.entry("bn", 9),
            Map.entry("g", 9),
            Map.entry("giga", 9),
            Map.entry("mrd", 9),
            Map.entry("billion", 9),
            Map.entry("t", 12),
            Map.entry("tn", 12),
            Map.entry("tera", 12),
            Map.entry("trillion", 12),
            Map.entry("p", 15),
            Map.entry("peta", 15),
            Map.entry("quadrillion", 15),
            Map.entry("e", 18),
            Map.entry("exa", 18),
            Map.entry("z", 21),
            Map.entry("zetta", 21));

    private static final Pattern WORD = Pattern.compile("([a-z]+?)s?[ -]?" + NOUN + "?");
    private static final Pattern NUMBER =
            Pattern.compile("[x×*]?\\s*(\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|10\\^\\{?\\d+}?)\\s*" + NOUN + "?");
    private static final Pattern DAYS = Pattern.compile("(t|tera|p|peta|e|exa)[ -]?f(?:lops?)?(?:/s)?[ -]?days?");

    private UnitText() {}

    /** The multiple; empty where the text is none. */
    static Optional<Scale> scale(String text) {
        String unit = text.trim().toLowerCase(Locale.ROOT).replaceFirst("^(in|of)\\s+", "");
        if (unit.isEmpty() || unit.matches(NOUN + "|count|total|#")) {
            return Optional.of(Scale.ONE);
        }
        Matcher days = DAYS.matcher(unit);
        if (days.matches()) {
            int exponent = exponent(days.group(1)).orElseThrow();
            return Optional.of(new Scale(exponent, SECONDS_OF_A_DAY));
        }
        Matcher number = NUMBER.matcher(unit);
        if (number.matches()) {
            return number(number.group(1));
        }
        Matcher word = WORD.matcher(unit);
        return word.matches() ? exponent(word.group(1)).map(Scale::tenTo) : Optional.empty();
    }

    /** The power of ten of a suffix such as M or billion; empty where it is none. */
    static Optional<Integer> exponent(String word) {
        return Optional.ofNullable(WORDS.get(word));
    }

    private static Optional<Scale> number(String text) {
        double factor = text.startsWith("10^")
                ? Double.parseDouble("1e" + text.replaceAll("10\\^|[{}]", ""))
                : Double.parseDouble(text);
        return factor > 0 && factor < Double.POSITIVE_INFINITY ? Optional.of(Scale.of(factor)) : Optional.empty();
    }
}
