package org.plmfrontier.benchmarks.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/** Token batches of a gzipped FASTA file, in memory: similar lengths together, the batches in a seeded order. */
final class Proteins {
    private static final int SHORTEST = 30;

    private Proteins() {}

    /**
     * All batches of the file.
     *
     * @param longest residues at which a sequence is cut
     * @param batchTokens most tokens of a batch, START and END included
     */
    static List<TokenBatch> batches(Path fasta, int longest, int batchTokens, long seed) throws IOException {
        List<byte[]> sequences = new ArrayList<>();
        for (String sequence : sequences(fasta)) {
            if (sequence.length() >= SHORTEST) {
                sequences.add(tokens(sequence.substring(0, Math.min(longest, sequence.length()))));
            }
        }
        Collections.shuffle(sequences, new Random(seed));
        sequences.sort(java.util.Comparator.comparingInt(tokens -> tokens.length));
        List<List<byte[]>> groups = groups(sequences, batchTokens);
        Collections.shuffle(groups, new Random(seed));
        List<TokenBatch> batches = new ArrayList<>();
        for (List<byte[]> group : groups) {
            batches.add(batch(batches.size(), group));
        }
        return batches;
    }

    private static List<String> sequences(Path fasta) throws IOException {
        List<String> sequences = new ArrayList<>();
        StringBuilder sequence = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(fasta)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(">")) {
                    sequences.add(sequence.toString());
                    sequence.setLength(0);
                } else {
                    sequence.append(line.strip());
                }
            }
        }
        sequences.add(sequence.toString());
        return sequences;
    }

    private static byte[] tokens(String residues) {
        byte[] tokens = new byte[residues.length() + 2];
        tokens[0] = Vocabulary.START;
        for (int i = 0; i < residues.length(); i++) {
            int token = Vocabulary.idOf(residues.charAt(i));
            tokens[i + 1] = (byte) (token < 0 ? Vocabulary.idOf('X') : token);
        }
        tokens[tokens.length - 1] = Vocabulary.END;
        return tokens;
    }

    private static List<List<byte[]>> groups(List<byte[]> sorted, int batchTokens) {
        List<List<byte[]>> groups = new ArrayList<>();
        List<byte[]> group = new ArrayList<>();
        for (byte[] tokens : sorted) {
            if (!group.isEmpty() && (group.size() + 1) * tokens.length > batchTokens) {
                groups.add(group);
                group = new ArrayList<>();
            }
            group.add(tokens);
        }
        groups.add(group);
        return groups;
    }

    private static TokenBatch batch(int index, List<byte[]> group) {
        int[] lengths = group.stream().mapToInt(tokens -> tokens.length).toArray();
        byte[] all = new byte[java.util.stream.IntStream.of(lengths).sum()];
        int start = 0;
        for (byte[] tokens : group) {
            System.arraycopy(tokens, 0, all, start, tokens.length);
            start += tokens.length;
        }
        return new TokenBatch("benchmark", index, all, lengths);
    }
}
