package org.plmfrontier.benchmarks.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A generated FASTA file like UniRef50: its headers, lines of 60 letters, lengths around a median of 280. */
final class FastaFile {
    private static final String RESIDUES =
            "LLLLLLLLLLAAAAAAAAAGGGGGGGVVVVVVVEEEEEEESSSSSSSIIIIIIKKKKKKRRRRRRDDDDDDTTTTTTPPPPPNNNNQQQQFFFFYYYMMHHCW";
    private static final String HEADER =
            ">UniRef50_A%09X Uncharacterized protein n=1 Tax=Generated organism TaxID=%d RepID=A%X_9ZZZZ\n";
    private static final String ALPHABET = "ACDEFGHIKLMNPQRSTVWY";
    private static final int SIGNED = 8;
    private static final int LINE = 60;
    private static final double MEDIAN = 280;
    private static final int LONGEST = 35_000;
    private static final int POOL = 1 << 20;

    private FastaFile() {}

    /** Writes a file of at least that many bytes; its residues. */
    static long write(Path file, long bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pool = new byte[POOL];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = (byte) RESIDUES.charAt(random.nextInt(RESIDUES.length()));
        }
        byte[] protein = new byte[LONGEST];
        long residues = 0;
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 18)) {
            for (long number = 0; written < bytes; number++) {
                int length = (int) Math.clamp(MEDIAN * Math.exp(0.75 * random.nextGaussian()), 11, LONGEST);
                byte[] header =
                        HEADER.formatted(number, number % 100_000, number).getBytes(StandardCharsets.US_ASCII);
                out.write(header);
                written += header.length + length + (length + LINE - 1) / LINE;
                fill(protein, length, pool, random);
                sign(protein, length, number);
                for (int at = 0; at < length; at += LINE) {
                    out.write(protein, at, Math.min(LINE, length - at));
                    out.write('\n');
                }
                residues += length;
            }
        }
        return residues;
    }

    private static void fill(byte[] protein, int length, byte[] pool, SplittableRandom random) {
        for (int at = 0; at < length; at += LINE) {
            int size = Math.min(LINE, length - at);
            System.arraycopy(pool, random.nextInt(POOL - size), protein, at, size);
        }
    }

    /** Makes the protein unlike all others: its last residues are its number. */
    private static void sign(byte[] protein, int length, long number) {
        long left = number;
        for (int i = 1; i <= SIGNED; i++, left /= ALPHABET.length()) {
            protein[length - i] = (byte) ALPHABET.charAt((int) (left % ALPHABET.length()));
        }
    }
}
