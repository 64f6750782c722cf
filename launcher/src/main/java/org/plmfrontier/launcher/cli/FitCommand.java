package org.plmfrontier.launcher.cli;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.launcher.fit.BadInputException;
import org.plmfrontier.launcher.fit.FileFit;
import org.plmfrontier.launcher.fit.FitJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier fit FILE.csv}: the suite's analyses of a file, without any server. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Fits the losses of a table (columns run,N,D,C,loss, optionally step,lr,unique_tokens,epochs,"
                + "group; or C,N_opt, optionally D_opt) or of logs of a tracker and prints JSON. Exit status 0: every asked method answered; 3: one is not identifiable;"
                + " 2: bad input.")
final class FitCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int NOT_IDENTIFIABLE = 3;
    private static final double LEVEL = 0.95;

    @Mixin
    LossFileArguments input = new LossFileArguments();

    @Option(names = "--group", description = "the group to take where the file has several")
    @Nullable
    String group;

    @Option(
            names = "--method",
            split = ",",
            completionCandidates = MethodNames.class,
            description =
                    "of ${COMPLETION-CANDIDATES} (default: a1, a2, a3, kaplan, plateau, and optima for a table of optima)",
            paramLabel = "METHOD")
    List<String> methods = List.of();

    @Option(names = "--bootstrap", defaultValue = "200", description = "resamples (default: ${DEFAULT-VALUE})")
    int resamples;

    @Option(names = "--seed", defaultValue = "1", description = "of the resampling (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--json", description = "errors as JSON too")
    boolean json;

    @Override
    public Integer call() {
        try {
            FileFit fit = FileFit.of(input.losses(), group, asked(), new Bootstrap(resamples, LEVEL, seed));
            System.out.println(FitJson.of(fit));
            return fit.isComplete() ? 0 : NOT_IDENTIFIABLE;
        } catch (BadInputException e) {
            return refuse(String.valueOf(e.getMessage()), e.place());
        } catch (IllegalArgumentException e) {
            return refuse(String.valueOf(e.getMessage()), Optional.empty());
        }
    }

    private int refuse(String sentence, Optional<BadInputException.Place> place) {
        System.err.println(json ? FitJson.error(sentence, place) : "frontier: " + sentence);
        return BAD_INPUT;
    }

    private Set<Method> asked() {
        Set<Method> asked = EnumSet.noneOf(Method.class);
        methods.forEach(name -> asked.add(Method.of(name.trim())));
        return asked;
    }

    /** Every registered method by name. */
    static final class MethodNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Method.values()).map(Method::label).iterator();
        }
    }
}
