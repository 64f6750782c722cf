package org.plmfrontier.benchmarks.ingest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.CorpusBuild;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusSink;
import org.plmfrontier.dataset.ingest.TokenLog;
import org.plmfrontier.dataset.kafka.KafkaClients;
import org.plmfrontier.dataset.kafka.KafkaTokenLogs;
import org.plmfrontier.dataset.kafka.KafkaTopics;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.stack.TestStack;

/** From the file to the token log that an embedded broker has acknowledged, hashing of the file included. */
public final class EndToEnd {
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private EndToEnd() {}

    /** Arguments: megabytes of the file, rounds. */
    public static void main(String[] arguments) throws IOException {
        long bytes = (long) (Double.parseDouble(arguments[0]) * MEGA);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("end-to-end");
        Path file = folder.resolve("proteins.fasta");
        FastaFile.write(file, bytes, 1);
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            long start = System.nanoTime();
            long startCpu = system().getProcessCpuTime();
            CorpusManifest manifest = ingest(folder, file, round + 2);
            if (round >= 0) {
                wall[round] = Files.size(file) / MEGA / ((System.nanoTime() - start) / NANOS);
                cpu[round] = Files.size(file) / MEGA / ((system().getProcessCpuTime() - startCpu) / NANOS);
            }
            System.out.printf(
                    "%d batches, %d tokens, padding %.4f%n",
                    manifest.records(), manifest.tokens(), manifest.paddingShare());
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        System.out.printf(
                "file of %.0f MB on %d processors (load %.1f): median %.1f MB/s by the clock, %.1f MB per second of CPU time, broker included%n",
                Files.size(file) / MEGA,
                Runtime.getRuntime().availableProcessors(),
                system().getSystemLoadAverage(),
                wall[rounds / 2],
                cpu[rounds / 2]);
        Files.delete(file);
        System.exit(0);
    }

    private static CorpusManifest ingest(Path folder, Path file, long seed) throws IOException {
        KafkaClients clients = new KafkaClients(
                Map.of("bootstrap.servers", TestStack.get().bootstrapServers()), Duration.ofSeconds(30));
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(500)
                .maxLength(1024)
                .batchTokens(8192)
                .seed(seed)
                .strict(false)
                .minLength(1)
                .packingWindow(4096)
                .deduplicate(false)
                .build();
        BuildTools tools = LocalTools.make();
        try (Admin admin = clients.admin()) {
            KafkaTokenLogs logs =
                    new KafkaTokenLogs(clients, new KafkaTopics(admin, 1, 1, (short) 1, Duration.ofSeconds(20)));
            List<Source> sources = tools.sources().find(List.of(file.toString()));
            String id = "bench" + seed;
            try (TokenLog training = logs.training(id);
                    TokenLog heldOut = logs.heldOut(id)) {
                CorpusSink sink = new CorpusSink() {
                    @Override
                    public void training(TokenBatch batch) {
                        training.append(batch);
                    }

                    @Override
                    public void heldOut(TokenBatch batch) {
                        heldOut.append(batch);
                    }
                };
                CorpusManifest manifest = new CorpusBuild(folder.resolve("work"), 1 << 24, tools)
                        .build(sources, options, sink, new BuildProgress(Files.size(file), null));
                training.finish(manifest.records());
                heldOut.finish(manifest.heldOutRecords());
                logs.delete(id);
                return manifest;
            }
        }
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
