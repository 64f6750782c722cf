package org.plmfrontier.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** FASTA files that tests write. */
public final class Fasta {
    private static final String RESIDUES = "ACDEFGHIKLMNPQRSTVWY";

    private Fasta() {}

    /** Random proteins; the seed is the caller's to print. */
    public static List<String> proteins(int count, int shortest, int longest, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> proteins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = random.nextInt(shortest, longest + 1);
            StringBuilder protein = new StringBuilder(length);
            for (int k = 0; k < length; k++) {
                protein.append(RESIDUES.charAt(random.nextInt(RESIDUES.length())));
            }
            proteins.add(protein.toString());
        }
        return proteins;
    }

    /** A file in lines of 60 letters. */
    public static Path write(Path file, List<String> proteins) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < proteins.size(); i++) {
            text.append(">p").append(i).append(" made up\n");
            String protein = proteins.get(i);
            for (int at = 0; at < protein.length(); at += 60) {
                text.append(protein, at, Math.min(protein.length(), at + 60)).append('\n');
            }
        }
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
