package org.plmfrontier.fitting.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableRow;

class EventFormatTest {
    private static final String NAME = "events.out.tfevents.1700000000.host.1.0";

    @TempDir
    Path folder;

    @Test
    void scalarsAreReadInTheThreeFormsInWhichTheyAreWritten() throws IOException {
        write(
                "run-a",
                new EventBytes()
                        .version()
                        .simple(10, "train/loss", 3.5f)
                        .simple(10, "lr", 0.001f)
                        .floatTensor(20, "train/loss", 3.25f)
                        .pair(20, "weights")
                        .doubleTensor(300, "train/loss", 3.1));
        LossTable table = TrackedFiles.read(folder.resolve("run-a").resolve(NAME), null);
        assertThat(table.rows()).extracting(TableRow::run).containsOnly("run-a");
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.5, 3.25, 3.1);
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(1e6, 2e6, 3e7);
        assertThat(table.rows()).extracting(TableRow::step).containsExactly(of(10), of(20), of(300));
        assertThat(table.findings()).isEmpty();
    }

    /** The first twelve bytes of every event file of TensorFlow's writers: a length of 24 and its checksum. */
    @Test
    void theFramingIsTensorFlows() {
        byte[] head = HexFormat.of().parseHex("1800000000000000a37f4b22");
        assertThat(EventFile.begins(head)).isTrue();
        assertThat(new EventBytes().version().toByteArray()).startsWith(head);
        head[0] = 0x19;
        assertThat(EventFile.begins(head)).isFalse();
    }

    @Test
    void aFolderIsARunAndItsFilesAreContinued() throws IOException {
        write("35M", new EventBytes().version().simple(10, "loss", 3.5f).simple(20, "loss", 3.25f));
        Files.write(
                folder.resolve("35M").resolve("events.out.tfevents.1700000999.host.2.0"),
                new EventBytes().version().simple(30, "loss", 3f).toByteArray());
        write("650M/seed-1", new EventBytes().version().simple(10, "loss", 2.5f));
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows())
                .extracting(row -> row.run() + " " + row.tokens() + " " + row.lossNats())
                .containsExactlyInAnyOrder(
                        "35M 1000000.0 3.5", "35M 2000000.0 3.25", "35M 3000000.0 3.0", "650M/seed-1 1000000.0 2.5");
    }

    @Test
    void aLinkToAFolderIsTheFolder() throws IOException {
        write("logs/a", new EventBytes().version().simple(10, "loss", 3.5f));
        Path link = Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("logs"));
        assertThat(TrackedFiles.read(link, null).rows())
                .extracting(TableRow::run)
                .containsExactly("a");
    }

    @Test
    void aCutTailLeavesWhatWasReadAndSaysWhere() throws IOException {
        EventBytes events = new EventBytes().version().simple(10, "loss", 3.5f).simple(20, "loss", 3.25f);
        int whole = events.size();
        byte[] bytes = events.simple(30, "loss", 3f).toByteArray();
        for (int length : new int[] {whole + 5, whole + 20, bytes.length - 1}) {
            Path run = Files.createDirectories(folder.resolve("cut-" + length));
            Files.write(run.resolve(NAME), Arrays.copyOf(bytes, length));
            LossTable table = TrackedFiles.read(run, null);
            assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.5, 3.25);
            assertThat(table.findings())
                    .singleElement()
                    .satisfies(finding ->
                            assertThat(finding.sentence()).contains(NAME, "byte " + whole + " (record 4)", "is cut"));
        }
    }

    @Test
    void aDamagedRecordIsLeftOutAndTheNextOneIsRead() throws IOException {
        EventBytes events = new EventBytes().version().simple(10, "loss", 3.5f);
        int from = events.size();
        byte[] bytes = events.simple(20, "loss", 3.25f).simple(30, "loss", 3f).toByteArray();
        bytes[from + 30] ^= 1;
        Files.write(Files.createDirectories(folder.resolve("r")).resolve(NAME), bytes);
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.5, 3.0);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .singleElement()
                .satisfies(
                        sentence -> assertThat(sentence).contains("byte " + from, "checksum of the record is wrong"));
    }

    @Test
    void afterADamagedLengthNothingIsRead() throws IOException {
        EventBytes events = new EventBytes().version().simple(10, "loss", 3.5f);
        int from = events.size();
        byte[] bytes = events.simple(20, "loss", 3.25f).simple(30, "loss", 3f).toByteArray();
        bytes[from + 1] ^= 1;
        Files.write(Files.createDirectories(folder.resolve("r")).resolve(NAME), bytes);
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.5);
        assertThat(table.findings().getFirst().sentence())
                .contains("byte " + from, "checksum of a record's length", (bytes.length - from) + " bytes");
    }

    @Test
    void aRecordThatIsNoMessageAndAValueThatIsNoLossAreSaidByRecord() throws IOException {
        write(
                "r",
                new EventBytes()
                        .version()
                        .record(new byte[] {5 << 3 | 2, 100, 1})
                        .simple(0, "loss", 9f)
                        .simple(10, "loss", Float.NaN)
                        .simple(20, "loss", 3f));
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.0);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        message -> assertThat(message).contains("(record 2)", "is no event"),
                        zero -> assertThat(zero).contains("record 3, D", "without a positive step"),
                        nan -> assertThat(nan).contains(NAME + " of run r, record 4, loss: 'NaN'"));
    }

    @Test
    void whichScalarIsTheLossIsToldByNameOrByTheTag() throws IOException {
        write(
                "a",
                new EventBytes()
                        .version()
                        .simple(10, "train/loss", 3.5f)
                        .simple(10, "eval/loss", 3.75f)
                        .simple(10, "eval/ppl", 20f));
        write("b", new EventBytes().version().simple(10, "train/loss", 3.25f));
        LossTable table = TrackedFiles.read(folder, null);
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.75);
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .anySatisfy(chosen -> assertThat(chosen).contains("'eval/loss' is taken", "train/loss", "--tag"))
                .anySatisfy(without -> assertThat(without).contains("run b is left out", "it has train/loss"));
        assertThat(TrackedFiles.read(folder, "train_loss").rows())
                .extracting(TableRow::lossNats)
                .containsExactly(3.5, 3.25);
        assertThat(TrackedFiles.read(folder, "eval/ppl").rows())
                .extracting(TableRow::lossNats)
                .containsExactly(Math.log(20));
        assertThatThrownBy(() -> TrackedFiles.read(folder, "absent"))
                .isInstanceOf(BadTableException.class)
                .hasMessage("there is no scalar 'absent'; there are eval/loss, eval/ppl, train/loss");
    }

    @Test
    void withoutALossAmongTheNamesTheyAreListed() throws IOException {
        write("a", new EventBytes().version().simple(10, "f1", 1f).simple(10, "accuracy", 1f));
        assertThatThrownBy(() -> TrackedFiles.read(folder, null))
                .hasMessage("none of the scalars has 'loss' in its name; say which with --tag, of accuracy, f1");
        write("a", new EventBytes().version().simple(10, "loss/x", 1f).simple(10, "loss/y", 1f));
        assertThatThrownBy(() -> TrackedFiles.read(folder, null))
                .hasMessage("several scalars may be the loss; say which with --tag, of loss/x, loss/y");
        write("a", new EventBytes().version());
        assertThatThrownBy(() -> TrackedFiles.read(folder, null)).hasMessageContaining("hold no scalar");
    }

    @Test
    void runsWithoutASizeAreNamedWithTheOptionThatGivesIt() throws IOException {
        write("a", new EventBytes().version().simple(10, "loss", 3.5f));
        write("b", new EventBytes().version().simple(10, "loss", 3.5f));
        assertThatThrownBy(() -> TrackedFiles.rows(folder, null, RunSizes.none()))
                .hasMessageStartingWith("N is not known of 2 of 2 runs: a, b; give N with --parameters");
        RunSizes parameters =
                TrackedFiles.sizes(OptionalDouble.of(1e6), OptionalDouble.empty(), OptionalDouble.empty());
        assertThatThrownBy(() -> TrackedFiles.rows(folder, null, parameters))
                .hasMessageStartingWith(
                        "tokens per step are not known of 2 of 2 runs: a, b; give them with" + " --tokens-per-step");
    }

    @Test
    void withFlopsPerStepAloneTokensAreCOverSixN() throws IOException {
        write("a", new EventBytes().version().simple(10, "loss", 3.5f));
        RunSizes flops = TrackedFiles.sizes(OptionalDouble.of(1e6), OptionalDouble.empty(), OptionalDouble.of(6e11));
        FindingLog findings = new FindingLog();
        TrackedFiles.rows(folder, null, flops).read(findings, row -> {
            assertThat(row.tokens()).isEqualTo(1e6);
            assertThat(row.computeFlops()).hasValue(6e12);
        });
        assertThat(findings.list())
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence()).contains("D is C / 6 N"));
    }

    @Test
    void aFileAboveTwoGibibytesIsRefused() throws IOException {
        Path file = folder.resolve(NAME);
        Files.write(file, new EventBytes().version().toByteArray());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((1L << 31) + 1);
        }
        assertThatThrownBy(() -> TrackedFiles.read(file, null)).hasMessageContaining("above 2 GiB");
    }

    @Test
    void aMillionPointsAreReadWithoutHoldingThem() throws IOException {
        int points = 1_000_000;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME)))) {
            EventBytes events = new EventBytes().version();
            for (int step = 1; step <= points; step++) {
                events.simple(step, "loss", 2 + 1000f / (step + 1000));
                if (step % 1000 == 0) {
                    events.drainTo(out);
                }
            }
        }
        AtomicLong rows = new AtomicLong();
        FindingLog findings = new FindingLog();
        TrackedFiles.rows(folder, null, TrackedFiles.SIZES).read(findings, row -> rows.incrementAndGet());
        assertThat(rows).hasValue(points);
        assertThat(findings.total()).isZero();
    }

    private void write(String run, EventBytes events) throws IOException {
        Files.write(Files.createDirectories(folder.resolve(run)).resolve(NAME), events.toByteArray());
    }

    private static OptionalDouble of(double value) {
        return OptionalDouble.of(value);
    }
}
