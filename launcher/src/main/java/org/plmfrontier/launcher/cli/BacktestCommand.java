package org.plmfrontier.launcher.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.fit.BadInputException;
import org.plmfrontier.launcher.fit.FileBacktest;
import org.plmfrontier.launcher.fit.FitJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier backtest FILE.csv}: how well the file's larger runs could have been forecast from its smaller ones. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description =
                "Forecasts the larger runs of a file of losses (as for fit) from its smaller ones and compares with what"
                        + " came: coverage of 95 % intervals, their width, interval score and median error at 2, 3, 10 and 30 times the"
                        + " compute that was fitted. Exit status 0: there is a backtest; 3: too few losses; 2: bad input.")
final class BacktestCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final int TOO_FEW = 3;

    @Mixin
    LossFileArguments input = new LossFileArguments();

    @Option(names = "--group", description = "the group to take where the file has several")
    @Nullable
    String group;

    @Option(names = "--json", description = "everything as JSON, with each forecast and what came; errors too")
    boolean json;

    @Override
    public Integer call() {
        try {
            FileBacktest backtest = FileBacktest.of(input.losses(), group);
            if (json) {
                System.out.println(FitJson.of(backtest));
            } else if (backtest.hasPast()) {
                System.out.print(backtest.text());
            } else {
                System.err.println("frontier: " + backtest.reason());
            }
            return backtest.hasPast() ? 0 : TOO_FEW;
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
}
