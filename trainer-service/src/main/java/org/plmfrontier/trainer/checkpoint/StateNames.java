package org.plmfrontier.trainer.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of states say, in whatever they lie: {@code <run>/step-<12 to 18 digits>[.kept]-<trainer>...}. */
public final class StateNames {
    /** Behind the step of a state that stays until it is released. */
    public static final String KEPT = ".kept";

    private static final Pattern STEP = Pattern.compile("/step-(\\d{12,18})(" + Pattern.quote(KEPT) + ")?-");

    private StateNames() {}

    /** Optimiser steps of the state with a name; -1 where the name is not one of ours. */
    public static long stepOf(String name) {
        Matcher matcher = STEP.matcher(name);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Whether the state with a name stays until it is released. */
    public static boolean isKept(String name) {
        Matcher matcher = STEP.matcher(name);
        return matcher.find() && matcher.group(2) != null;
    }

    /** The states at a step that stay until they are released. */
    public static List<String> keptAt(List<String> names, long step) {
        return names.stream()
                .filter(name -> isKept(name) && stepOf(name) == step)
                .toList();
    }

    /** Steps of the newest of some states. */
    public static long newest(Collection<String> names) {
        return names.stream().mapToLong(StateNames::stepOf).max().orElseThrow();
    }

    /**
     * States that a run has passed, by the rule of {@link CheckpointStore#prune}.
     *
     * @param names all states of the run
     */
    public static List<String> passed(List<String> names, Set<String> keep, Set<Long> keepSteps) {
        long newest = newest(keep);
        return names.stream()
                .filter(name -> !keep.contains(name))
                .filter(name -> stepOf(name) == newest
                        || stepOf(name) < newest && !isKept(name) && !keepSteps.contains(stepOf(name)))
                .toList();
    }
}
