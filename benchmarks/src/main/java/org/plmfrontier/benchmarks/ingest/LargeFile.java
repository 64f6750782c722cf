package org.plmfrontier.benchmarks.ingest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.corpus.BuildProgress;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.corpus.CorpusBuild;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusSink;
import org.plmfrontier.dataset.source.Source;

/**
 * A corpus of a file that is far larger than the heap, with deduplication, every residue counted at both ends. Run it
 * with the heap that is claimed.
 */
public final class LargeFile {
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private LargeFile() {}

    /** Counts what comes. */
    private static final class Counter implements CorpusSink {
        private long residues;

        @Override
        public void training(TokenBatch batch) {
            residues += batch.residues();
        }

        @Override
        public void heldOut(TokenBatch batch) {
            residues += batch.residues();
        }
    }

    /** Arguments: megabytes of the file, a folder with room for twice as much (default: the temporary one). */
    public static void main(String[] arguments) throws IOException {
        Path parent = Path.of(arguments.length > 1 ? arguments[1] : System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "large-file");
        Path file = folder.resolve("proteins.fasta");
        long residues = FastaFile.write(file, (long) (Double.parseDouble(arguments[0]) * MEGA), 1);
        long start = System.nanoTime();
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(8192)
                .maxLength(1026)
                .batchTokens(8192)
                .seed(1)
                .strict(false)
                .minLength(1)
                .packingWindow(4096)
                .deduplicate(true)
                .build();
        BuildTools tools = LocalTools.make();
        List<Source> sources = tools.sources().find(List.of(file.toString()));
        Counter counter = new Counter();
        CorpusManifest manifest = new CorpusBuild(folder.resolve("work"), 1 << 24, tools)
                .build(sources, options, counter, new BuildProgress(Files.size(file), null));
        double seconds = (System.nanoTime() - start) / NANOS;
        long wanted = residues - manifest.counts().residuesCut();
        System.out.printf(
                "file of %.0f MB, %d proteins, heap at most %d MB, %.0f MB used at the peak, %.0f s, padding %.4f%n",
                Files.size(file) / MEGA,
                manifest.counts().read(),
                Runtime.getRuntime().maxMemory() >> 20,
                peak() / MEGA,
                seconds,
                manifest.paddingShare());
        Files.delete(file);
        Files.deleteIfExists(folder);
        if (manifest.counts().residues() != residues || counter.residues != wanted) {
            throw new IllegalStateException("of " + wanted + " residues " + counter.residues + " arrived");
        }
    }

    /** Sum of the largest uses of the heap's pools, bytes. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
