package org.plmfrontier.launcher.cli;

import java.nio.file.Path;
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
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.launcher.fit.BadInputException;
import org.plmfrontier.launcher.fit.FileFit;
import org.plmfrontier.launcher.fit.FitJson;
import org.plmfrontier.launcher.fit.LossFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier fit FILE.csv}: the suite's analyses of a file, without any server. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        description = "Fits the losses of a CSV file (columns run,N,D,C,loss, optionally step,lr,unique_tokens,epochs,"
                + "group; or C,N_opt, optionally D_opt) and prints JSON. Exit status 0: every asked method answered; 3: one is not identifiable;"
                + " 2: bad input.")
final class FitCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int NOT_IDENTIFIABLE = 3;
    private static final double LEVEL = 0.95;

    @Parameters(index = "0", description = "CSV file")
    Path file = Path.of("");

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

    @Option(names = "--group", description = "the group to fit where the file has several")
    @Nullable
    String group;

    @Option(
            names = "--columns",
            description = "headers of the file, for example N=params,loss=eval_loss; N=params*1e6 multiplies,"
                    + " perplexity=ppl and bits=bpt name a loss with its unit, C=6ND leaves the file's C out")
    @Nullable
    String columns;

    @Option(
            names = "--runs",
            description =
                    "CSV file of run,N,tokens_per_step, for a file that has losses by step alone or one column per run",
            paramLabel = "RUNS.csv")
    @Nullable
    Path runs;

    @Option(names = "--json", description = "errors as JSON too")
    boolean json;

    @Override
    public Integer call() {
        try {
            ColumnMapping mapping = columns == null ? ColumnMapping.usual() : ColumnMapping.parse(columns);
            LossFile losses = new LossFile(file, mapping, runs);
            FileFit fit = FileFit.of(losses, group, asked(), new Bootstrap(resamples, LEVEL, seed));
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
