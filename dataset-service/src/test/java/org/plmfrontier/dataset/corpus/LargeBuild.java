package org.plmfrontier.dataset.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.source.Source;

/** Generates a FASTA file and builds a corpus of it into counters; run in a JVM with a small heap. */
final class LargeBuild {
    private static final byte[] RESIDUES = "ACDEFGHIKLMNPQRSTVWY".getBytes(StandardCharsets.US_ASCII);

    private LargeBuild() {}

    /** Counts what comes. */
    private static final class Counted implements CorpusSink {
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

    /** Arguments: folder, bytes of the file. Fails unless every residue arrives. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path file = folder.resolve("large.fasta");
        long start = System.nanoTime();
        long residues = generate(file, Long.parseLong(arguments[1]));
        long generated = System.nanoTime();
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(1000)
                .maxLength(1024)
                .batchTokens(8192)
                .seed(1)
                .strict(false)
                .minLength(1)
                .packingWindow(4096)
                .deduplicate(false)
                .build();
        Counted counted = new Counted();
        List<Source> sources = Tools.local().sources().find(List.of(file.toString()));
        CorpusManifest manifest = new CorpusBuild(folder.resolve("spill"), 1 << 22, Tools.local())
                .build(sources, options, counted, new BuildProgress(Files.size(file), null));
        System.out.printf(
                "heap %d MiB, file %d MiB, generated in %.1f s, built in %.1f s, records %d, padding %.4f%n",
                Runtime.getRuntime().maxMemory() >> 20,
                Files.size(file) >> 20,
                (generated - start) / 1e9,
                (System.nanoTime() - generated) / 1e9,
                manifest.records(),
                manifest.paddingShare());
        if (counted.residues != residues || manifest.counts().residues() != residues) {
            throw new IllegalStateException("of " + residues + " residues " + counted.residues + " arrived");
        }
    }

    private static long generate(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pool = new byte[1 << 16];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = RESIDUES[random.nextInt(RESIDUES.length)];
        }
        long residues = 0;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            while (written < bytes) {
                int length = random.nextInt(50, 1000);
                out.write('>');
                out.write('p');
                out.write('\n');
                for (int at = 0; at < length; at += 60) {
                    int size = Math.min(60, length - at);
                    out.write(pool, random.nextInt(pool.length - size), size);
                    out.write('\n');
                    written += size + 1L;
                }
                residues += length;
            }
        }
        return residues;
    }
}
