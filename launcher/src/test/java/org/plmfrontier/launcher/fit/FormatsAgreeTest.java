package org.plmfrontier.launcher.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.RunSize;

/** The same losses in every format give the same rows, and the same fit. */
class FormatsAgreeTest {
    private static final double TOKENS_PER_STEP = 1 << 20;
    private static final String PATTERN = "^(?<parameters>[0-9.]+M)-";

    @TempDir
    Path folder;

    /** A loss of a run; values have few digits in base 2, so that a float holds them. */
    private record Logged(String run, double parameters, int step, double loss) {
        String row() {
            return run + " " + parameters + " " + step * TOKENS_PER_STEP + " " + loss;
        }
    }

    private static List<Logged> planted() {
        List<Logged> all = new ArrayList<>();
        for (double millions : new double[] {2, 8, 32, 128, 512}) {
            for (int step = 100; step <= 102_400; step *= 4) {
                double loss = 1.7 + 400 / Math.pow(millions * 1e6, 0.34) + 410 / Math.pow(step * TOKENS_PER_STEP, 0.28);
                all.add(new Logged(
                        String.format(Locale.ROOT, "%.0fM-a", millions), millions * 1e6, step, (float) loss));
            }
        }
        return all;
    }

    @Test
    void everyFormatGivesTheRowsOfTheTable() throws Exception {
        List<String> expected = planted().stream().map(Logged::row).sorted().toList();
        for (Path file : List.of(longTable(), chart(), scalarCsv(), events(), mlflow(), mlflowChart(), states())) {
            LossTable table = (LossTable) losses(file).read();
            assertThat(table.rows())
                    .as(file.toString())
                    .extracting(row -> row.run() + " " + row.parameters() + " " + row.tokens() + " " + row.lossNats())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(table.findings())
                    .as(file.toString())
                    .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.NUMBER_FORMAT));
        }
    }

    @Test
    void theBacktestOfALogIsThatOfTheTable() throws Exception {
        assertThat(FileBacktest.of(losses(events()), null).view())
                .isEqualTo(FileBacktest.of(losses(longTable()), null).view());
    }

    @Test
    void whatWasUnderstoodIsPrinted() throws Exception {
        assertThat(FileOverview.of(losses(events())).text())
                .contains("format: event files of TensorBoard\n")
                .contains("x axis: steps of the events, times tokens per step\n")
                .contains("loss:   'loss' in nats\n")
                .contains("runs:   5, points: 30\n")
                .containsPattern("  8M-a +8\\.000e\\+06 +1\\.074e\\+11 +6 +5\\.\\d{4} +3\\.\\d{4}\n")
                .endsWith("left out: nothing\n");
        assertThat(FileOverview.of(losses(chart())).text())
                .contains("format: chart of Weights and Biases, one column per run, separated by commas\n")
                .contains("x axis: steps of column 'train/global_step', times tokens per step\n");
    }

    @Test
    void flopsOfTheRunsNamesAreC() throws Exception {
        Path file = Files.writeString(
                folder.resolve("f.csv"), "run,step,loss\n8M-6e13,10,3.5\n8M-6e13,20,3.25\n2M-6e13,20,3.5\n");
        RunPattern pattern = RunPattern.parse("(?<parameters>\\d+M)-(?<flopsPerStep>.*)");
        RunOptions options = new RunOptions(null, Optional.of(pattern), RunSize.UNKNOWN, null);
        LossTable table = (LossTable) new LossFile(file, ColumnMapping.usual(), options).read();
        assertThat(table.hasFlops()).isTrue();
        assertThat(table.rows()).extracting(row -> row.computeFlops().orElse(0)).containsExactly(6e14, 1.2e15, 1.2e15);
        assertThat(table.rows().getFirst().tokens()).isEqualTo(6e14 / 6 / 8e6);
    }

    @Test
    void aDamagedLogSaysSoWhereItIsSaidWhatIsLeftOut() throws Exception {
        Path logs = events();
        Path file = logs.resolve("8M-a").resolve("events.out.tfevents.1.host");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThat(FileOverview.of(losses(logs)).text())
                .contains("points: 29\n")
                .contains("left out, and to know:\n  skipped lines: " + file.toRealPath() + ", byte ");
    }

    @Test
    void aLongListIsCutAndCountedAndAVeryLongFileIsNotHeld() throws Exception {
        StringBuilder csv = new StringBuilder("run,N,D,loss\n");
        for (int i = 0; i < 70; i++) {
            csv.append("r").append(i).append(",1e6,").append(1e8 + i).append(",3.5\n");
        }
        csv.append("bad,1e6,1e8,-1\n".repeat(30));
        LossFile file = new LossFile(
                Files.writeString(folder.resolve("many.csv"), csv), ColumnMapping.usual(), RunOptions.none());
        String text = FileOverview.of(file).text();
        assertThat(text)
                .contains("runs:   70, points: 70")
                .contains("  and 50 more runs\n")
                .contains("bad value: line 72, column loss: '-1'")
                .contains("  and 10 more\n");
        assertThat(text.lines().count()).isLessThan(50);
        FileOverview large = FileOverview.of(file, 10);
        assertThat(large.checked()).isFalse();
        assertThat(large.runs()).hasSize(70);
        assertThat(large.text()).contains("not looked at by run here");
    }

    @Test
    void moreRunsThanAreToldApartAreCountedAsPoints() throws Exception {
        int rows = RunSums.MOST + 5;
        StringBuilder csv = new StringBuilder("N,D,loss\n");
        for (int i = 0; i < rows; i++) {
            csv.append("1e6,").append(100_000_000L + i).append(",3.5\n");
        }
        Path file = Files.writeString(folder.resolve("rows.csv"), csv);
        FileOverview overview = FileOverview.of(new LossFile(file, ColumnMapping.usual()), 10);
        assertThat(overview.runs()).hasSize(RunSums.MOST);
        assertThat(overview.text()).contains("runs:   more than 100,000, points: 100,005\n");
    }

    private static LossFile losses(Path file) {
        RunOptions options = new RunOptions(
                null,
                Optional.of(RunPattern.parse(PATTERN)),
                new RunSize(OptionalDouble.empty(), OptionalDouble.of(TOKENS_PER_STEP), OptionalDouble.empty()),
                null);
        return new LossFile(file, ColumnMapping.usual(), options);
    }

    private Path longTable() throws IOException {
        return write(
                "long.csv",
                "run;step;loss\n",
                row -> row.run() + ";" + row.step() + ";"
                        + String.valueOf(row.loss()).replace('.', ',') + "\n");
    }

    private Path chart() throws IOException {
        List<String> runs = planted().stream().map(Logged::run).distinct().toList();
        String header = "\"train/global_step\","
                + runs.stream()
                        .map(run -> "\"%1$s - loss\",\"%1$s - loss__MIN\",\"%1$s - loss__MAX\"".formatted(run))
                        .collect(Collectors.joining(","))
                + "\n";
        return write("chart.csv", header, row -> {
            String cells = runs.stream()
                    .map(run -> run.equals(row.run()) ? row.loss() + ",0.1,99" : ",,")
                    .collect(Collectors.joining(","));
            return row.step() + "," + cells + "\n";
        });
    }

    private Path scalarCsv() throws IOException {
        for (Logged row : planted()) {
            append(
                    "scalars/run-" + row.run() + "-tag-loss.csv",
                    "Wall time,Step,Value\n",
                    "1.7e9," + row.step() + "," + row.loss() + "\n");
        }
        return folder.resolve("scalars");
    }

    private Path mlflow() throws IOException {
        for (Logged row : planted()) {
            append(
                    "mlruns/0/" + row.run() + "/metrics/loss",
                    "",
                    "1700000000000 " + row.loss() + " " + row.step() + "\n");
        }
        return folder.resolve("mlruns");
    }

    private Path mlflowChart() throws IOException {
        return write(
                "metrics.csv",
                "run_id,key,value,step,timestamp\n",
                row -> row.run() + ",loss," + row.loss() + "," + row.step() + ",1700000000000\n");
    }

    private Path states() throws IOException {
        for (String run : planted().stream().map(Logged::run).distinct().toList()) {
            String entries = planted().stream()
                    .filter(row -> row.run().equals(run))
                    .map(row -> "{\"epoch\": 0.1, \"loss\": " + row.loss() + ", \"step\": " + row.step() + "}")
                    .collect(Collectors.joining(", "));
            append(
                    "states/" + run + "/trainer_state.json",
                    "",
                    "{\"global_step\": 102400, \"log_history\": [" + entries + "], \"total_flos\": 0.0}");
        }
        return folder.resolve("states");
    }

    /** Of {@code simple_value} alone. */
    private Path events() throws IOException {
        for (String run : planted().stream().map(Logged::run).distinct().toList()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            planted().stream().filter(row -> row.run().equals(run)).forEach(row -> {
                byte[] tag = "loss".getBytes(StandardCharsets.UTF_8);
                ByteBuffer event = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
                event.put((byte) (2 << 3));
                for (int rest = row.step(); rest != 0; rest >>>= 7) {
                    event.put((byte) (rest & 0x7F | (rest > 0x7F ? 0x80 : 0)));
                }
                int value = 2 + tag.length + 1 + Float.BYTES;
                event.put((byte) (5 << 3 | 2))
                        .put((byte) (value + 2))
                        .put((byte) (1 << 3 | 2))
                        .put((byte) value);
                event.put((byte) (1 << 3 | 2)).put((byte) tag.length).put(tag);
                event.put((byte) (2 << 3 | 5)).putFloat((float) row.loss());
                byte[] data = Arrays.copyOf(event.array(), event.position());
                byte[] length = ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(data.length)
                        .array();
                file.writeBytes(length);
                file.writeBytes(masked(length));
                file.writeBytes(data);
                file.writeBytes(masked(data));
            });
            Path target = folder.resolve("logs").resolve(run).resolve("events.out.tfevents.1.host");
            Files.createDirectories(folder.resolve("logs").resolve(run));
            Files.write(target, file.toByteArray());
        }
        return folder.resolve("logs");
    }

    private static byte[] masked(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(((value >>> 15) | (value << 17)) + 0xa282ead8)
                .array();
    }

    private Path write(String name, String header, Function<Logged, String> line) throws IOException {
        return Files.writeString(
                folder.resolve(name), header + planted().stream().map(line).collect(Collectors.joining()));
    }

    private void append(String name, String header, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).resolve("..").normalize());
        String before = Files.exists(file) ? Files.readString(file) : header;
        Files.writeString(file, before + text);
    }
}
