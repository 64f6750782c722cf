package org.plmfrontier.launcher.fit;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.OptionalDouble;
import java.util.Set;
import org.plmfrontier.fitting.table.NamedSizes;
import org.plmfrontier.fitting.table.RunSize;
import org.plmfrontier.fitting.table.RunSizes;

/**
 * A regular expression of RE2, whose time is linear in the name, that finds sizes in names of runs by its groups {@code
 * parameters}, {@code tokensPerStep} and {@code flopsPerStep}.
 */
public final class RunPattern implements NamedSizes {
    private static final String PARAMETERS = "parameters";
    private static final String TOKENS = "tokensPerStep";
    private static final String FLOPS = "flopsPerStep";
    private static final Set<String> GROUPS = Set.of(PARAMETERS, TOKENS, FLOPS);
    private static final String OPTION = "--run-pattern";
    private static final int LONGEST = 1000;

    private final Pattern pattern;

    private RunPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a pattern; groups are written {@code (?<name>...)} or {@code (?P<name>...)}.
     *
     * @throws IllegalArgumentException where it is none, or has none of the groups
     */
    public static RunPattern parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    OPTION + " has " + text.length() + " characters, at most " + LONGEST + " are possible");
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    OPTION
                            + " is no regular expression of RE2 syntax, which has no look-around and no back-references: "
                            + e.getDescription() + " at '" + e.getPattern() + "'",
                    e);
        }
        Set<String> named = pattern.namedGroups().keySet();
        if (named.stream().noneMatch(GROUPS::contains)) {
            throw new IllegalArgumentException(OPTION + " '" + text
                    + "' has no group that is called parameters, tokensPerStep or flopsPerStep, as in"
                    + " (?<parameters>[0-9.]+M)");
        }
        named.stream()
                .filter(name -> !GROUPS.contains(name))
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(OPTION + " has a group '" + name
                            + "', which means nothing; groups are parameters, tokensPerStep and flopsPerStep");
                });
        return new RunPattern(pattern);
    }

    /** @throws IllegalArgumentException where what a group finds is no number */
    @Override
    public RunSize of(String run) {
        Matcher matcher = pattern.matcher(run);
        return matcher.find()
                ? new RunSize(group(matcher, PARAMETERS, run), group(matcher, TOKENS, run), group(matcher, FLOPS, run))
                : RunSize.UNKNOWN;
    }

    @Override
    public boolean sayParameters() {
        return pattern.namedGroups().containsKey(PARAMETERS);
    }

    @Override
    public boolean sayTokens() {
        return pattern.namedGroups().containsKey(TOKENS) || sayFlops();
    }

    @Override
    public boolean sayFlops() {
        return pattern.namedGroups().containsKey(FLOPS);
    }

    private OptionalDouble group(Matcher matcher, String name, String run) {
        if (!pattern.namedGroups().containsKey(name)) {
            return OptionalDouble.empty();
        }
        String found = matcher.group(name);
        return found == null || found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(RunSizes.count(OPTION + ", run '" + run + "', group " + name, found));
    }
}
