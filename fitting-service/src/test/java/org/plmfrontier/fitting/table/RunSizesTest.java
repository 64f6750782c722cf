package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** N, tokens and FLOPs that are said beside a table. */
class RunSizesTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

    @Test
    void aTableOfStepsAloneIsOneRunWithTheSizesOfTheOptions() {
        LossTable table = read(every(1e6, 1e5).named("my-run"), "step,loss", "100,3.5", "200,3.25");
        assertThat(table.rows()).extracting(TableRow::run).containsOnly("my-run");
        assertThat(table.rows()).extracting(TableRow::parameters).containsOnly(1e6);
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(1e7, 2e7);
    }

    @Test
    void aColumnOfTheFileCountsMoreThanAnOptionAndThisIsSaid() {
        LossTable table = read(every(1e6, 1e5), "run,N,step,loss", "a,5M,100,3.5");
        assertThat(table.rows().getFirst().parameters()).isEqualTo(5e6);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactly("line 1, column N: N of the file is taken, not that of the options");
    }

    @Test
    void theNearestIsTaken() {
        RunSheet sheet = RunSheet.read(TextSource.of(List.of("run;N;tokens_per_step", "a;1,5M;5e4")));
        NamedSizes names = new NamedSizes() {
            @Override
            public RunSize of(String run) {
                return run.equals("c") ? RunSize.UNKNOWN : new RunSize(OptionalDouble.of(2e6), UNKNOWN, UNKNOWN);
            }

            @Override
            public boolean sayParameters() {
                return true;
            }

            @Override
            public boolean sayTokens() {
                return false;
            }

            @Override
            public boolean sayFlops() {
                return false;
            }
        };
        RunSize every = new RunSize(OptionalDouble.of(3e6), OptionalDouble.of(1e5), UNKNOWN);
        RunSizes sizes = new RunSizes(Optional.of(sheet), Optional.of(names), every, "");
        LossTable table = read(sizes, "run,step,loss", "a,100,3.5", "b,100,3.4", "c,100,3.3");
        assertThat(table.rows()).extracting(TableRow::parameters).containsExactly(1.5e6, 2e6, 3e6);
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(5e6, 1e7, 1e7);
    }

    @Test
    void aChartNamesTheRunsThatLackASizeAndTheOptionThatGivesIt() {
        RunSizes tokens = new RunSizes(
                Optional.empty(), Optional.empty(), new RunSize(UNKNOWN, OptionalDouble.of(1e5), UNKNOWN), "");
        assertThatThrownBy(() -> read(tokens, "Step,a - loss,b - loss", "10,3.5,3.25"))
                .hasMessageStartingWith("line 1: N is not known of 2 of 2 runs: a, b; give N with --parameters")
                .hasMessageContaining("--run-pattern");
        RunSizes parameters = new RunSizes(
                Optional.empty(), Optional.empty(), new RunSize(OptionalDouble.of(1e6), UNKNOWN, UNKNOWN), "");
        assertThatThrownBy(() -> read(parameters, "Step,a - loss", "10,3.5"))
                .hasMessageStartingWith("line 1: tokens per step are not known of 1 of 1 run: a; give them with"
                        + " --tokens-per-step");
    }

    @Test
    void anyFirstColumnOfAChartIsItsAxisAndTimesAreNone() {
        LossTable steps = read(
                every(1e6, 1e5),
                "trainer/updates_done,a - loss,a - loss__MIN,a - loss__MAX,b - loss,b - loss__MIN,b - loss__MAX",
                "100,3.5,3.4,3.6,,,",
                "200,,,,3.25,3.2,3.3");
        assertThat(steps.rows())
                .extracting(row -> row.run() + " " + row.tokens() + " " + row.lossNats())
                .containsExactly("a 1.0E7 3.5", "b 2.0E7 3.25");
        assertThat(steps.findings())
                .extracting(Finding::sentence)
                .containsExactly("line 1, column step: the first column, 'trainer/updates_done', is taken as step");
        LossTable tokens = read(every(1e6, 1e5), "train/num_tokens_done,a - loss", "1000000,3.5");
        assertThat(tokens.rows()).extracting(TableRow::tokens).containsExactly(1e6);
        assertThatThrownBy(() -> read(every(1e6, 1e5), "Relative Time (Wall),a - loss", "10,3.5"))
                .hasMessageContaining("no column D");
    }

    @Test
    void flopsPerStepGiveCAndWithoutTokensD() {
        RunSize size = new RunSize(OptionalDouble.of(1e6), UNKNOWN, OptionalDouble.of(6e11));
        RunSizes sizes = new RunSizes(Optional.empty(), Optional.empty(), size, "");
        LossTable table = read(sizes, "run,step,loss", "a,10,3.5", "a,20,3.25");
        assertThat(table.hasFlops()).isTrue();
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(1e6, 2e6);
        assertThat(table.rows()).extracting(TableRow::flops).containsExactly(6e12, 1.2e13);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactly("line 2, column D: FLOPs are known and tokens are not: D is C / 6 N, from here on");
    }

    @Test
    void numbersOfOptionsAreWrittenAsInTables() {
        assertThat(RunSizes.count("--parameters", "650M")).isEqualTo(650e6);
        assertThat(RunSizes.count("--parameters", "1.2B")).isEqualTo(1.2e9);
        assertThat(RunSizes.count("--tokens-per-step", "1048576")).isEqualTo(1048576);
        assertThatThrownBy(() -> RunSizes.count("--parameters", "big"))
                .hasMessage("--parameters: 'big' is not a positive number such as 650M, 1.2B or 1048576");
        assertThatThrownBy(() -> RunSizes.count("--parameters", "-3")).hasMessageContaining("'-3'");
        assertThatThrownBy(() -> RunSheet.read(TextSource.of(List.of("run;N", "a;1,234"))))
                .hasMessageContaining("line 2, column N: '1,234' can be a thousand times more or less");
    }

    private static RunSizes every(double parameters, double tokensPerStep) {
        RunSize size = new RunSize(OptionalDouble.of(parameters), OptionalDouble.of(tokensPerStep), UNKNOWN);
        return new RunSizes(Optional.empty(), Optional.empty(), size, "");
    }

    private static LossTable read(RunSizes sizes, String... lines) {
        return TableReader.read(TextSource.of(List.of(lines)), ColumnMapping.usual(), sizes);
    }
}
