package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.fitting.table.Finding.Kind;

/** Which column is taken for what, and what a file is told that has none. */
class HeaderTest {
    private static LossTable read(String... lines) {
        return TableReader.read(Stream.of(lines), ColumnMapping.usual());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String... lines) {
        return assertThatThrownBy(() -> read(lines)).isInstanceOf(BadTableException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "train_loss, val_loss, 2",
        "val_loss, train_loss, 1",
        "loss, eval/loss, 2",
        "loss, train_loss, 1",
        "Train Loss, Held-out loss, 2",
        "test_loss, valid_loss, 2",
        "loss, dev_nll, 2",
        "loss_std, train_loss, 2",
        "train_loss, val_ppl, 2",
        "train_loss_epoch, val_loss_epoch, 2",
        "train/loss, eval/uniref90_loss, 2",
        "loss_val, loss_train, 1",
        "train_loss, val_loss_std, 1"
    })
    void aHeldOutLossComesBeforeATrainingLoss(String one, String other, int taken) {
        LossTable table = read("run,N,D," + one + "," + other, "a,1e6,1e8,3.25,3.5", "b,2e6,1e8,3.0,3.125");
        double expected = taken == 1 ? 3.25 : 3.5;
        assertThat(table.rows().getFirst().lossNats()).isEqualTo(other.contains("ppl") ? Math.log(expected) : expected);
        boolean both = !one.contains("std") && !other.contains("std");
        assertThat(table.findings().stream().filter(finding -> finding.kind() == Kind.COLUMN_CHOSEN))
                .hasSize(both ? 1 : 0)
                .allSatisfy(finding -> assertThat(finding.sentence())
                        .startsWith("line 1, column loss")
                        .contains("'" + (taken == 1 ? one : other) + "' is taken")
                        .contains("--columns loss=" + (taken == 1 ? other : one)));
    }

    @Test
    void theOtherLossIsTakenWhenItIsNamed() {
        LossTable table = TableReader.read(
                Stream.of("run,N,D,train_loss,val_loss", "a,1e6,1e8,3.25,3.5"), ColumnMapping.parse("loss=train_loss"));
        assertThat(table.rows().getFirst().lossNats()).isEqualTo(3.25);
        assertThat(table.findings()).isEmpty();
    }

    @Test
    void aColumnWithoutNumbersIsNotTaken() {
        LossTable table =
                read("run,model_size,params,D,val_loss,train_loss", "a,small,1e6,1e8,,3.25", "b,base,2e6,1e8,,3");
        assertThat(table.rows()).extracting(TableRow::parameters).containsExactly(1e6, 2e6);
        assertThat(table.rows().getFirst().lossNats()).isEqualTo(3.25);
    }

    @Test
    void countsWithoutEmbeddingsAreSaid() {
        LossTable both = read("run,N_no_emb,total_params,tokens,loss", "a,8e5,1e6,1e8,3.25");
        assertThat(both.rows().getFirst().parameters()).isEqualTo(1e6);
        assertThat(both.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("'total_params' is taken as N")
                        .contains("--columns N=N_no_emb"));
        LossTable part = read("run,non-embedding params,tokens,loss", "a,8e5,1e8,3.25");
        assertThat(part.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("a part of the parameters"));
    }

    @Test
    void severalTokensAndFlopsAreSaid() {
        LossTable table = read(
                "run,N,D,tokens_seen,flops,total_compute,loss",
                "a,1e6,1e8,2e8,6e14,7e14,3",
                "b,2e6,1e8,2e8,12e14,14e14,2.9");
        assertThat(table.findings()).extracting(Finding::kind).containsExactly(Kind.COLUMN_CHOSEN, Kind.COLUMN_CHOSEN);
        assertThat(table.findings()).extracting(Finding::column).containsExactlyInAnyOrder("D", "C");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        refused("run,N,D,loss,loss", "a,1e6,1e8,3,2")
                .hasMessageContaining("columns 4 and 5")
                .hasMessageContaining("loss");
        assertThat(read("note,run,N,D,loss,note", "x,a,1e6,1e8,3,y").rows()).hasSize(1);
    }

    @Test
    void aFileWithoutNamesIsToldSo() {
        refused("1e6,1e8,3.2", "2e6,1e8,3.1")
                .hasMessageContaining("no column names")
                .hasMessageContaining("run,N,D,C,loss");
        refused("a;1000000;3,25", "b;2000000;3,1").hasMessageContaining("no column names");
    }

    @Test
    void missingColumnsAreAllNamedWithWhatIsNear() {
        refused("run,parms,tokns,C,los", "a,1,1,1,1")
                .hasMessageContaining("no column N and no column D")
                .hasMessageContaining("its columns are run, parms, tokns, C, los")
                .hasMessageContaining("--columns N=parms,D=tokns");
        refused("C,N,D", "1e18,1e8,1e9").hasMessageContaining("no column loss").hasMessageContaining("N_opt=HEADER");
        refused("x,y", "1,2").hasMessageContaining("no column N").hasMessageContaining("x, y");
    }

    @Test
    void rowsLongerThanTheHeaderThroughoutAreToldWhy() {
        refused("run,N,D,loss", "a,1000000,100000000,3,25", "b,2000000,100000000,3,1")
                .hasMessageContaining("every row has more cells")
                .hasMessageContaining("semicolons");
        LossTable one = read("run,N,D,loss", "a,1e6,1e8,3,25", "b,2e6,1e8,3.1");
        assertThat(one.rows()).hasSize(1);
        assertThat(one.findings()).extracting(Finding::kind).containsExactly(Kind.BAD_ROW);
    }

    @Test
    void columnsSeparatedByBlanksAndOpenQuotesAreRefused() {
        refused("run N D loss", "a 1e6 1e8 3").hasMessageContaining("separated by blanks");
        refused("run,N,D,loss", "\"a,1e6,1e8,3", "b,2e6,1e8,3")
                .hasMessageContaining("line 2")
                .hasMessageContaining("quote");
    }

    @Test
    void numbersThatCanBeReadTwoWaysAreDecidedByTheFileOrRefused() {
        refused("run;N;D;loss", "a;1,250;4,500;3", "b;2,500;4,500;2")
                .hasMessageContaining("line 2, column N")
                .hasMessageContaining("'1,250'");
        refused("run;N;D;loss", "a;1000000;4500000;3,25", "b;2000000;4500000;3.11")
                .hasMessageContaining("'3,25' on line 2")
                .hasMessageContaining("'3.11' on line 3");
        LossTable thousands = read("run;N;D;loss", "a;1,250;4,500,000;3.5", "b;2,500,000;4,500,000;3.25");
        assertThat(thousands.rows()).extracting(TableRow::parameters).containsExactly(2_500_000.0);
        LossTable losses = read("run;N;D;loss", "a;1000000;4500000;3,141", "b;2000000;4500000;3,012");
        assertThat(losses.rows().getFirst().lossNats()).isEqualTo(3.141);
        assertThat(losses.findings()).extracting(Finding::kind).containsExactly(Kind.NUMBER_FORMAT);
    }

    @Test
    void aFileInMillionsIsNotHalfFitted() {
        String[] file = {"run,N,D,loss", "a,5,1e9,3.5", "b,35,1e9,3.25", "c,150,1e9,3", "d,650,1e9,2.875"};
        refused(file).hasMessageContaining("column N").hasMessageContaining("N=HEADER*1e6");
        LossTable said = TableReader.read(Stream.of(file), ColumnMapping.parse("N=N*1e6"));
        assertThat(said.rows()).extracting(TableRow::parameters).containsExactly(5e6, 35e6, 150e6, 650e6);
        refused("run,N,D,loss", "a,5e6,250,3.5", "b,35e6,500,3.25").hasMessageContaining("column D");
    }

    @Test
    void anUnknownUnitIsSaid() {
        LossTable table = read("run,N (furlongs),D,loss", "a,1e6,1e8,3");
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.HEADER_UNIT);
            assertThat(finding.sentence()).contains("furlongs");
        });
    }

    @Test
    void rowsInCommentsAreSaid() {
        LossTable table = read("run,N,D,loss", "a,1e6,1e8,3", "#b,2e6,1e8,3", "# a word");
        assertThat(table.rows()).hasSize(1);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.SKIPPED_LINES);
            assertThat(finding.line()).isEqualTo(3);
        });
    }

    @Test
    void optionalCellsThatAreNoNumbersAreSaidAndTakenAsBlank() {
        LossTable table =
                read("run,N,D,loss,lr,step", "a,1e6,1e8,3,fast,7", "b,2e6,1e8,3,0,8", "c,3e6,1e8,2.9,-1e-3,9");
        assertThat(table.rows()).hasSize(3);
        assertThat(table.rows().get(0).learningRate()).isEmpty();
        assertThat(table.rows().get(1).learningRate()).hasValue(0);
        assertThat(table.findings()).extracting(Finding::kind).containsExactly(Kind.IGNORED_VALUE, Kind.IGNORED_VALUE);
        assertThat(table.findings()).extracting(Finding::line).containsExactly(2, 4);
    }

    @Test
    void aColumnPerRunNeedsASheetOfRuns() {
        String[] wide = {
            "\"Step\",\"tiny - eval/loss\",\"tiny - eval/loss__MIN\",\"tiny - eval/loss__MAX\",\"big run - eval/loss\","
                    + "\"big run - eval/loss__MIN\",\"big run - eval/loss__MAX\"",
            "\"100\",\"3.5\",\"3.4\",\"3.6\",\"3.25\",\"3.1\",\"3.3\"",
            "\"200\",\"3.25\",\"3.2\",\"3.3\",\"\",\"\",\"\"",
            "\"300\",\"3.125\",\"3.1\",\"3.2\",\"2.5\",\"2.4\",\"2.6\""
        };
        refused(wide)
                .hasMessageContaining("one column per run")
                .hasMessageContaining("2 runs: tiny, big run")
                .hasMessageContaining("--runs");
        RunSheet sheet = RunSheet.read(
                TextSource.of(List.of("run;params;tokens per step", "tiny;1.5M;50_000", "big run;24M;100000")));
        LossTable table = TableReader.read(TextSource.of(List.of(wide)), ColumnMapping.usual(), RunSizes.of(sheet));
        assertThat(table.rows()).hasSize(5);
        assertThat(table.rows())
                .filteredOn(row -> row.run().equals("big run"))
                .satisfiesExactly(
                        row -> assertThat(List.of(row.parameters(), row.tokens(), row.lossNats()))
                                .containsExactly(24e6, 1e7, 3.25),
                        row -> assertThat(List.of(row.parameters(), row.tokens(), row.lossNats()))
                                .containsExactly(24e6, 3e7, 2.5));
        LossTable perplexities = TableReader.read(
                TextSource.of(List.of("Step,a - loss,a - quality", "10,20,9", "20,12,8", "30,11,7")),
                ColumnMapping.parse("perplexity=quality"),
                RunSizes.of(RunSheet.read(TextSource.of(List.of("run,N,tokens_per_step", "a,1e6,5e4")))));
        assertThat(perplexities.rows())
                .extracting(TableRow::lossNats)
                .containsExactly(Math.log(9), Math.log(8), Math.log(7));
        refused("step,a,b", "10,3.5,3.25")
                .hasMessageContaining("call it 'run - loss'")
                .hasMessageContaining("--runs");
        RunSheet half = RunSheet.read(TextSource.of(List.of("run,N,tokens_per_step", "tiny,1e6,5e4")));
        assertThatThrownBy(
                        () -> TableReader.read(TextSource.of(List.of(wide)), ColumnMapping.usual(), RunSizes.of(half)))
                .hasMessageContaining("lacks 1 of 2 runs: big run");
    }

    @Test
    void aSheetOfRunsThatIsNoneIsRefused() {
        assertThatThrownBy(() -> RunSheet.read(TextSource.of(List.of("run,size", "a,1"))))
                .hasMessageContaining("no column N");
        assertThatThrownBy(() -> RunSheet.read(TextSource.of(List.of("run,N,tokens_per_step", "a,1e6,many"))))
                .hasMessageContaining("line 2, column tokens_per_step: 'many'");
        assertThatThrownBy(() -> RunSheet.read(TextSource.of(List.of("run,N", "a,1e6", "a,2e6"))))
                .hasMessageContaining("twice");
    }

    @Test
    void aLongTableWithoutSizesIsReadWithASheet() {
        RunSheet sheet = RunSheet.read(TextSource.of(List.of("run,N,tokens_per_step", "a,1e6,5e4", "b,4e6,1e5")));
        TextSource text = TextSource.of(List.of("run,step,val_loss", "a,0,9", "a,100,3.5", "b,100,3.25", "c,100,3"));
        LossTable table = TableReader.read(text, ColumnMapping.usual(), RunSizes.of(sheet));
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(5e6, 1e7);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        zero -> assertThat(zero).startsWith("line 2, column D"),
                        unknown -> assertThat(unknown).contains("no run 'c'"));
    }

    @Test
    void tensorBoardsExportIsToldWhatItLacks() {
        String[] file = {"Wall time,Step,Value", "1700000000.1,100,3.5", "1700000010.1,200,3.25"};
        refused(file).hasMessageContaining("TensorBoard").hasMessageContaining("run,N,D,loss");
        RunSheet sheet = RunSheet.read(TextSource.of(List.of("run,N,tokens_per_step", "alone,1e6,5e4")));
        LossTable table =
                TableReader.read(TextSource.of(List.of(file)), ColumnMapping.parse("loss=Value"), RunSizes.of(sheet));
        assertThat(table.rows()).extracting(TableRow::run).containsOnly("alone");
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(5e6, 1e7);
    }

    @Test
    void optimaAreATableOfTheirOwn() {
        Table table = TableReader.readAny(
                TextSource.of(List.of("budget_flops,params_opt,D_opt", "1e18,4e8,4e8", "1e19,,2e9", "1e20,3e9,5.5e9")),
                ColumnMapping.usual(),
                RunSizes.none());
        assertThat(table).isInstanceOfSatisfying(OptimaTable.class, optima -> {
            assertThat(optima.rows()).extracting(OptimaTable.Row::parameters).containsExactly(4e8, 3e9);
            assertThat(optima.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.sentence()).startsWith("line 3, column N_opt"));
        });
    }
}
