package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.table.Finding.Kind;

/** Runs whose rows go back: what a resumption replaces, and what merely stands in no order. */
class ResumedRunTest {
    private static final String WITH_STEPS = "run,step,N,D,loss";
    private static final String WITHOUT_STEPS = "run,N,D,loss";

    /** Rows of steps from the first to the last; branch b has losses that tell it from branch a. */
    private static List<String> branch(int first, int last, int every, double shift) {
        return IntStream.iterate(first, step -> step <= last, step -> step + every)
                .mapToObj(step -> "r," + step + ",2e7," + step * 250_000L + "," + (2 + 100.0 / (step + 20) + shift))
                .toList();
    }

    private static LossTable read(String header, List<List<String>> branches) {
        return TableReader.read(
                Stream.concat(Stream.of(header), branches.stream().flatMap(List::stream)), ColumnMapping.usual());
    }

    private static List<String> withoutSteps(List<String> rows) {
        return rows.stream().map(row -> row.replaceFirst("^r,\\d+,", "r,")).toList();
    }

    private static List<Integer> lines(LossTable table) {
        return table.rows().stream().map(TableRow::line).toList();
    }

    private static List<Kind> kinds(LossTable table) {
        return table.findings().stream().map(Finding::kind).toList();
    }

    @Test
    void theLaterBranchStandsAndTheEarlierOneUpToTheResumption() {
        LossTable table = read(WITH_STEPS, List.of(branch(10, 200, 10, 0), branch(130, 160, 10, -0.01)));
        assertThat(lines(table))
                .containsExactlyElementsOf(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 22, 23, 24, 25));
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.RESUMED_RUN);
            assertThat(finding.line()).isEqualTo(22);
            assertThat(finding.column()).isEqualTo("D");
            assertThat(finding.run()).isEqualTo("r");
            assertThat(finding.sentence()).contains("8 rows");
        });
    }

    @Test
    void withoutStepsTheTokensTellIt() {
        LossTable table = read(
                WITHOUT_STEPS,
                List.of(withoutSteps(branch(10, 200, 10, 0)), withoutSteps(branch(130, 160, 10, -0.01))));
        assertThat(table.rows()).hasSize(16);
        assertThat(kinds(table)).containsExactly(Kind.RESUMED_RUN);
    }

    @Test
    void aResumptionBetweenLoggedStepsIsOneToo() {
        LossTable table = read(WITH_STEPS, List.of(branch(10, 200, 10, 0), branch(134, 244, 10, -0.01)));
        assertThat(table.rows()).hasSize(13 + 12);
        assertThat(kinds(table)).containsExactly(Kind.RESUMED_RUN);
    }

    @Test
    void aRunThatWasResumedAgainAndAgainKeepsTheLastOfEachStretch() {
        LossTable table = read(
                WITH_STEPS,
                List.of(
                        branch(10, 100, 10, 0),
                        branch(60, 130, 10, .1),
                        branch(110, 200, 10, .2),
                        branch(10, 20, 10, .3)));
        assertThat(lines(table)).containsExactly(30, 31);
        LossTable most =
                read(WITH_STEPS, List.of(branch(10, 100, 10, 0), branch(60, 130, 10, .1), branch(110, 200, 10, .2)));
        assertThat(lines(most)).hasSize(20).startsWith(2, 3, 4, 5, 6, 12).endsWith(28, 29);
        assertThat(most.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("and 1 times more")
                        .contains("8 rows"));
    }

    @Test
    void partsOfARunInAnotherOrderAreAllKept() {
        LossTable table = read(WITH_STEPS, List.of(branch(110, 200, 10, 0), branch(10, 110, 10, 0)));
        assertThat(table.rows()).hasSize(20);
        assertThat(kinds(table)).containsExactlyInAnyOrder(Kind.OUT_OF_ORDER, Kind.DUPLICATE_ROW);
    }

    @Test
    void rowsInNoOrderAreAllKept() {
        for (int seed = 1; seed <= 20; seed++) {
            List<String> rows = new ArrayList<>(branch(10, 400, 10, 0));
            Collections.shuffle(rows, new Random(seed));
            LossTable table = read(WITH_STEPS, List.of(rows));
            assertThat(table.rows()).as("seed %d", seed).hasSize(40);
            assertThat(kinds(table)).as("seed %d", seed).containsExactly(Kind.OUT_OF_ORDER);
        }
        LossTable descending = read(WITH_STEPS, List.of(branch(10, 400, 10, 0).reversed()));
        assertThat(descending.rows()).hasSize(40);
    }

    @Test
    void aStepWithTwoLossesIsTheLaterOne() {
        LossTable table = read(
                WITH_STEPS, List.of(branch(10, 30, 10, 0), List.of("r,30,2e7,7500000,3.25"), branch(40, 60, 10, 0)));
        assertThat(lines(table)).containsExactly(2, 3, 5, 6, 7, 8);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.REPEATED_STEP);
            assertThat(finding.line()).isEqualTo(5);
            assertThat(finding.sentence()).contains("line 4").contains("3.25");
        });
    }

    @Test
    void aTableThatStandsThereTwiceIsTakenOnce() {
        List<String> rows = branch(10, 30, 10, 0);
        List<String> twice = rows.stream().flatMap(row -> Stream.of(row, row)).toList();
        LossTable table = read(WITH_STEPS, List.of(twice));
        assertThat(table.rows()).hasSize(3);
        assertThat(kinds(table)).containsOnly(Kind.DUPLICATE_ROW).hasSize(3);
    }

    @Test
    void tokensThatAreRoundedToOneNumberAreNoStepTwice() {
        LossTable table =
                read(WITH_STEPS, List.of(List.of("r,100,2e7,2.5e7,3.1", "r,101,2e7,2.5e7,3.09", "r,110,2e7,2.8e7,3")));
        assertThat(table.rows()).hasSize(3);
        assertThat(table.findings()).isEmpty();
    }

    @Test
    void trainingsRepeatedAtOneSizeAndOneDAreAllKept() {
        LossTable table =
                read(WITHOUT_STEPS, List.of(List.of("seeds,2e7,1e9,3.1", "seeds,2e7,1e9,3.12", "seeds,2e7,1e9,3.09")));
        assertThat(table.rows()).hasSize(3);
        assertThat(kinds(table)).containsExactly(Kind.REPEATED_TRAINING);
    }

    @Test
    void tokensThatAreCountedAnewWhileTheStepGoesOnAreSetApart() {
        List<String> anew = List.of("r,210,2e7,250000,2.3", "r,220,2e7,500000,2.29", "r,230,2e7,90e6,2.28");
        LossTable table = read(WITH_STEPS, List.of(branch(10, 200, 10, 0), anew));
        assertThat(table.rows()).hasSize(20);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.TOKENS_FALL);
            assertThat(finding.line()).isEqualTo(22);
            assertThat(finding.sentence()).contains("3 rows");
        });
    }

    @Test
    void aCounterOfLogsIsNoStep() {
        List<String> rows = new ArrayList<>();
        List<String> all = Stream.of(branch(10, 200, 10, 0), branch(130, 160, 10, -0.01))
                .flatMap(List::stream)
                .toList();
        for (int i = 0; i < all.size(); i++) {
            rows.add(all.get(i).replaceFirst("^r,\\d+,", "r," + i + ","));
        }
        LossTable table = read("run,_step,N,D,loss", List.of(rows));
        assertThat(table.rows()).hasSize(16);
        assertThat(kinds(table)).containsExactly(Kind.RESUMED_RUN);
    }

    @Test
    void stepsThatBeginAnewWhileTokensGoOnAreTakenByTokens() {
        LossTable table = read(
                WITH_STEPS,
                List.of(List.of("r,10,2e7,1e7,4", "r,20,2e7,2e7,3.5", "r,10,2e7,3e7,3.2", "r,20,2e7,4e7,3.1")));
        assertThat(table.rows()).hasSize(4);
        assertThat(kinds(table)).containsExactly(Kind.STEPS_FALL);
    }

    @Test
    void otherRunsAreNotTouched() {
        List<String> other = branch(10, 100, 10, 0.4).stream()
                .map(row -> row.replaceFirst("^r,", "s,").replace("2e7", "5e7"))
                .toList();
        LossTable table = read(WITH_STEPS, List.of(branch(10, 100, 10, 0), other, branch(60, 80, 10, -0.01)));
        assertThat(table.rows()).filteredOn(row -> row.run().equals("s")).hasSize(10);
        assertThat(table.rows()).filteredOn(row -> row.run().equals("r")).hasSize(8);
    }
}
