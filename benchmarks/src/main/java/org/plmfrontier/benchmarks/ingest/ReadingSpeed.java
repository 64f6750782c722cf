package org.plmfrontier.benchmarks.ingest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.biojava.nbio.core.sequence.ProteinSequence;
import org.biojava.nbio.core.sequence.io.FastaStreamer;
import org.plmfrontier.dataset.fasta.FastaReader;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;

/**
 * FASTA to tokens beside BioJava's FastaStreamer on the same file, in turns, by CPU time of the reading thread. The
 * other reader is only here: it is LGPL and no part of what is shipped.
 */
public final class ReadingSpeed {
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ReadingSpeed() {}

    /** Reads a file; the number of residues it gave. */
    private interface Reader {
        long residues(Path file) throws IOException;
    }

    /** Counts residues. */
    private static final class Counter implements ProteinSink {
        private long residues;

        @Override
        public void protein(Header header, byte[] tokens, int length) {
            residues += length;
        }

        @Override
        public void setApart(Header header, SetApart reason) {
            throw new IllegalStateException("a record of a sound file was set apart: " + reason);
        }
    }

    /** Arguments: megabytes of the file, rounds. */
    public static void main(String[] arguments) throws IOException {
        long bytes = (long) (Double.parseDouble(arguments[0]) * MEGA);
        int rounds = Integer.parseInt(arguments[1]);
        Path file = Files.createTempFile("reading", ".fasta");
        try {
            long residues = FastaFile.write(file, bytes, 1);
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                double here = speed(ReadingSpeed::tokens, file, residues);
                double there = speed(ReadingSpeed::bioJava, file, residues);
                if (round >= 0) {
                    ours[round] = here;
                    theirs[round] = there;
                }
            }
            report(Files.size(file), ours, theirs);
        } finally {
            Files.delete(file);
        }
    }

    private static void report(long bytes, double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, round -> ours[round] / theirs[round]);
        System.out.printf(
                "file of %.0f MB, %d rounds in turns, MB per second of CPU time%n", bytes / MEGA, ours.length);
        print("FASTA to tokens", ours);
        print("BioJava FastaStreamer", theirs);
        print("ratio", ratios);
    }

    private static void print(String what, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "%-22s median %.1f, lowest %.1f, highest %.1f%n",
                what, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static double speed(Reader reader, Path file, long residues) throws IOException {
        long start = THREADS.getCurrentThreadCpuTime();
        long found = reader.residues(file);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / NANOS;
        if (found != residues) {
            throw new IllegalStateException("of " + residues + " residues " + found + " were found");
        }
        return Files.size(file) / MEGA / seconds;
    }

    private static long tokens(Path file) throws IOException {
        Findings findings = new Findings(true);
        Counter counter = new Counter();
        String name = file.toString();
        try (InputStream in = new FileInputStream(file.toFile())) {
            new FastaReader(name, findings, new ProteinReader(name, findings, counter)).read(in);
        }
        return counter.residues;
    }

    private static long bioJava(Path file) {
        long residues = 0;
        for (ProteinSequence sequence : FastaStreamer.from(file).each()) {
            residues += sequence.getLength();
        }
        return residues;
    }
}
