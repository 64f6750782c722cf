package org.plmfrontier.dataset.mmseqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;

/** The real program, where it is installed. */
class MmseqsTest {
    private static final long SEED = 41;
    private static final int FAMILIES = 20;
    private static final int MEMBERS = 4;

    @TempDir
    Path folder;

    @Test
    void aMissingProgramIsSaidWithWhatToInstall() {
        assertThatThrownBy(() -> new Mmseqs("/no/such/mmseqs", 1).version())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'/no/such/mmseqs' cannot be run")
                .hasMessageContaining("install the Debian package mmseqs2");
    }

    @Test
    void aFailureIsSaidWithTheEndOfTheLog() throws IOException {
        requireProgram();
        Clustering wanted = new Clustering(0.5, 0.8, Clustering.Method.LINCLUST);
        Path nothing = folder.resolve("nothing.fasta");
        assertThatThrownBy(() -> new Mmseqs("mmseqs", 1).cluster(nothing, wanted, folder.resolve("w"), member -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("easy-linclust " + nothing)
                .hasMessageContaining("failed with status");
    }

    @Test
    void membersOfAFamilyAreFoundTogetherWhateverTheThreads() throws IOException {
        requireProgram();
        Path proteins = families();
        for (Clustering.Method method : Clustering.Method.values()) {
            Clustering wanted = new Clustering(0.7, 0.8, method);
            Set<Long> single = new TreeSet<>();
            Set<Long> several = new TreeSet<>();
            new Mmseqs("mmseqs", 1).cluster(proteins, wanted, folder.resolve("1" + method), single::add);
            new Mmseqs("mmseqs", 3).cluster(proteins, wanted, folder.resolve("3" + method), several::add);
            assertThat(single).hasSize(FAMILIES * (MEMBERS - 1)).isEqualTo(several);
            assertThat(single.stream().map(ordinal -> ordinal / MEMBERS).distinct())
                    .hasSize(FAMILIES);
        }
    }

    @Test
    void aSearchFindsTheMembersOfTheQuerysFamilyWithTheirIdentity() throws IOException {
        requireProgram();
        Path proteins = families();
        List<String> lines = Files.readAllLines(proteins);
        Path query = Files.write(folder.resolve("q.fasta"), lines.subList(0, 2));
        List<Long> targets = new ArrayList<>();
        new Mmseqs("mmseqs", 2)
                .search(query, proteins, new IdentityBound(0.5, 0), folder.resolve("s"), (q, t, identity) -> {
                    assertThat(q).isZero();
                    assertThat(identity).isBetween(0.75, 1.0);
                    targets.add(t);
                });
        assertThat(targets).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    @Test
    void whatNobodyWaitsForRunsAtTheLowestPriority() throws IOException {
        Path priority = Files.writeString(folder.resolve("priority"), "#!/bin/sh\nexec nice\n");
        assumeTrue(priority.toFile().setExecutable(true));

        Mmseqs program = new Mmseqs(priority.toString(), 1);
        assertThat(program.version()).isNotEqualTo("MMseqs2 19");
        assertThat(program.unhurried().version()).isEqualTo("MMseqs2 19");
    }

    private static void requireProgram() throws IOException {
        boolean there = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(one -> Files.isExecutable(Path.of(one, "mmseqs")));
        assumeTrue(there, "mmseqs is not on the PATH: install the Debian package mmseqs2");
    }

    /** Families whose members differ from the first in a tenth of their residues. */
    private Path families() throws IOException {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder text = new StringBuilder();
        int ordinal = 0;
        for (String founder : Fasta.proteins(FAMILIES, 200, 250, SEED)) {
            for (int member = 0; member < MEMBERS; member++) {
                StringBuilder protein = new StringBuilder(founder);
                for (int at = 0; at < protein.length() / 10 && member > 0; at++) {
                    protein.setCharAt(random.nextInt(protein.length()), 'A');
                }
                text.append('>').append(ordinal++).append('\n').append(protein).append('\n');
            }
        }
        return Files.writeString(folder.resolve("families.fasta"), text);
    }
}
