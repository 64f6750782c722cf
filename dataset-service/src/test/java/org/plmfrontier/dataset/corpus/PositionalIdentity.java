package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityTools;

/** Compares proteins place by place, without gaps: slow and obvious. */
final class PositionalIdentity implements IdentityTools {
    private record Protein(long ordinal, String residues) {
        double identity(Protein other) {
            int shorter = Math.min(residues.length(), other.residues.length());
            int equal = 0;
            for (int i = 0; i < shorter; i++) {
                equal += residues.charAt(i) == other.residues.charAt(i) ? 1 : 0;
            }
            return (double) equal / shorter;
        }
    }

    @Override
    public String version() {
        return "place by place";
    }

    @Override
    public void cluster(Path proteins, Clustering wanted, Path work, LongConsumer members) throws IOException {
        List<Protein> representatives = new ArrayList<>();
        for (Protein protein : read(proteins)) {
            if (representatives.stream().anyMatch(one -> one.identity(protein) >= wanted.identity())) {
                members.accept(protein.ordinal());
            } else {
                representatives.add(protein);
            }
        }
    }

    @Override
    public void search(Path queries, Path targets, IdentityBound bound, Path work, Hits hits) throws IOException {
        List<Protein> all = read(targets);
        for (Protein query : read(queries)) {
            for (Protein target : all) {
                double identity = query.identity(target);
                if (identity > 0.2) {
                    hits.hit(query.ordinal(), target.ordinal(), identity);
                }
            }
        }
    }

    private static List<Protein> read(Path fasta) throws IOException {
        List<String> lines = Files.readAllLines(fasta);
        List<Protein> proteins = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            proteins.add(new Protein(Long.parseLong(lines.get(i).substring(1)), lines.get(i + 1)));
        }
        return proteins;
    }
}
