package org.plmfrontier.fitting.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

/** TensorBoard's CSV of one scalar, MLflow's metric files and the CSV of its charts. */
class TextLogsTest {
    @TempDir
    Path folder;

    @Test
    void theNameOfTensorBoardsCsvSaysRunAndScalar() throws IOException {
        write(
                "run-8M_seed1-tag-train_loss.csv",
                "Wall time,Step,Value\n1700000000.1,100,3.5\n1700000010.1,200,3.25\n1700000020.1,300,NaN\n");
        write("run-35M-tag-train_loss.csv", "\"Wall time\",\"Step\",\"Value\"\n1700000000.1,100,3.0\n");
        write("run-35M-tag-lr.csv", "Wall time,Step,Value\n1700000000.1,100,0.001\n");
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows())
                .extracting(row -> row.run() + " " + row.tokens() + " " + row.lossNats())
                .containsExactlyInAnyOrder("8M_seed1 1.0E7 3.5", "8M_seed1 2.0E7 3.25", "35M 1.0E7 3.0");
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactly(
                        "run-8M_seed1-tag-train_loss.csv, line 4, column loss: 'NaN' is not a positive number");
        assertThat(TrackedFiles.rows(folder, "train/loss", TrackedFiles.SIZES)
                        .interpretation()
                        .metric())
                .isEqualTo("'train_loss' in nats");
    }

    @Test
    void aCsvOfTensorBoardUnderAnotherNameIsARunOfThatName() throws IOException {
        Path file = write("my run.csv", "\uFEFFWall time,Step,Value\r\n1700000000.1,100,3.5\r\n");
        LossTable table = TrackedFiles.read(file, null);
        assertThat(table.rows()).extracting(TableRow::run).containsExactly("my run");
        Path ppl = write("run-a-tag-eval_perplexity.csv", "Wall time,Step,Value\n1,100,20\n");
        assertThat(TrackedFiles.read(ppl, null).rows())
                .extracting(TableRow::lossNats)
                .containsExactly(Math.log(20));
    }

    @Test
    void metricFilesOfMlflowBelongToTheRunThatTheirFolderOrItsTagNames() throws IOException {
        String lines = "1700000000000 3.5 100\n1700000001000 3.25 200\n1700000002000 nan 300\n";
        write("mlruns/123/0a1b2c3d4e5f/metrics/train/loss", lines);
        write("mlruns/123/0a1b2c3d4e5f/metrics/lr", "1700000000000 0.001 100\n");
        write("mlruns/123/0a1b2c3d4e5f/tags/mlflow.runName", "8M-wide");
        write("mlruns/123/0a1b2c3d4e5f/params/layers", "6");
        write("mlruns/123/0a1b2c3d4e5f/meta.yaml", "run_id: 0a1b2c3d4e5f\n");
        write("mlruns/123/ffff00001111/metrics/train/loss", "1700000000000 3e0 100 dataset digest\nbroken\n");
        LossTable table = TrackedFiles.read(folder.resolve("mlruns"), null);
        assertThat(table.rows())
                .extracting(row -> row.run() + " " + row.tokens() + " " + row.lossNats())
                .containsExactlyInAnyOrder("8M-wide 1.0E7 3.5", "8M-wide 2.0E7 3.25", "ffff00001111 1.0E7 3.0");
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactlyInAnyOrder(
                        "metrics/train/loss of run 8M-wide, line 3, train/loss: 'NaN' is not a positive number",
                        "metrics/train/loss of run ffff00001111, line 2: 'broken' is not 'timestamp value step'");
        Path one = folder.resolve("mlruns/123/0a1b2c3d4e5f/metrics/train/loss");
        assertThat(TrackedFiles.read(one, null).rows())
                .extracting(TableRow::run)
                .containsExactly("8M-wide", "8M-wide");
    }

    @Test
    void runsOfMlflowWithOneNameAreToldApart() throws IOException {
        for (String id : List.of("aaaaaaaa1111", "bbbbbbbb2222")) {
            write("1/" + id + "/metrics/loss", "1700000000000 3.5 100\n");
            write("1/" + id + "/tags/mlflow.runName", "same");
        }
        assertThat(TrackedFiles.read(folder, null).rows())
                .extracting(TableRow::run)
                .containsExactlyInAnyOrder("same (aaaaaaaa)", "same (bbbbbbbb)");
    }

    @Test
    void theCsvOfAChartOfMlflowIsReadByMetric() throws IOException {
        Path file = write(
                "metrics.csv",
                "run_id,key,value,step,timestamp\nr1,loss,3.5,100,1700000000000\nr1,lr,0.001,100,1700000000000\n"
                        + "r1,loss,oops,200,1700000000000\nr2,loss,3.25,100,1700000000000\nr3,lr,1,100,1700000000000\n");
        LossTable table = TrackedFiles.read(file, null);
        assertThat(table.rows())
                .extracting(row -> row.run() + " " + row.tokens() + " " + row.lossNats())
                .containsExactly("r1 1.0E7 3.5", "r2 1.0E7 3.25");
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactly("metrics.csv, line 4, column loss: 'oops' is not a positive number");
    }

    @Test
    void aFolderOfSeveralFormatsIsReadInOneAndSaysWhatIsLeftOut() throws IOException {
        write("1/r/metrics/loss", "1700000000000 3.5 100\n");
        write("run-a-tag-loss.csv", "Wall time,Step,Value\n1,100,3\n");
        FindingLog findings = new FindingLog();
        TrackedFiles.rows(folder, null, TrackedFiles.SIZES)
                .read(findings, row -> assertThat(row.run()).isEqualTo("r"));
        assertThat(findings.list())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("1 files are left out", "TensorBoard scalars as CSV", "run-a-tag-loss.csv"));
    }

    @Test
    void otherFilesAreNotTakenForLogs() throws IOException {
        Path table = write("a.csv", "run,N,D,loss\na,1e6,1e8,3\n");
        assertThat(LogFiles.at(table, List.of(new MetricFileFormat(), new ScalarCsvFormat(), new EventFormat())))
                .isEqualTo(Optional.empty());
        assertThatThrownBy(() -> LogFiles.at(folder, List.of(new EventFormat(), new MetricFileFormat())))
                .hasMessageStartingWith(
                        "the folder has no event files of TensorBoard, no metric files of MLflow; a table of losses");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
