package org.plmfrontier.launcher.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomologyAuditTest {
    private static final String LETTERS = "ACDEFGHIKLMNPQRSTVWY";
    private static final int LENGTH = 200;

    @TempDir
    Path folder;

    @Test
    void proteinsAreCountedByTheirClosestTrainingRelative() throws Exception {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "mmseqs")));
        Assumptions.assumeTrue(there, "skipped: mmseqs is not on the path");
        Random random = new Random(5);
        String same = protein(random);
        String near = protein(random);
        String far = protein(random);
        Path training = fasta("t.fasta", same, changed(near, 0.25, random), protein(random), protein(random));
        Path evaluated = fasta("e.fasta", same, near, far, protein(random));
        JsonNode found = new HomologyAudit("mmseqs").of(List.of(evaluated), List.of(training), work());
        assertThat(found.path("proteins").asLong()).isEqualTo(4);
        assertThat(found.path("training").asLong()).isEqualTo(4);
        assertThat(found.at("/relatives").findValues("proteins"))
                .extracting(JsonNode::asLong)
                .containsExactly(2L, 2L, 1L);
        assertThat(found.at("/relatives/0/share").asDouble()).isEqualTo(0.5);
    }

    @Test
    void withoutTheProgramItIsUnknownAndSaysHowToGetIt() throws Exception {
        Path file = fasta("p.fasta", "MKV");
        JsonNode found = new HomologyAudit(folder + "/absent").of(List.of(file), List.of(file), work());
        assertThat(found.path("unknown").asText()).contains("mmseqs2").contains("absent");
        assertThat(found.has("relatives")).isFalse();
    }

    @Test
    void aFileWithoutProteinsIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("e.fasta"), "MKV\n");
        assertThatThrownBy(() -> new HomologyAudit("mmseqs").of(List.of(file), List.of(file), work()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("hold no protein");
    }

    private Path work() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    private Path fasta(String name, String... proteins) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String protein : proteins) {
            text.append(">same name\n").append(protein).append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static String protein(Random random) {
        return changed("A".repeat(LENGTH), 1, random);
    }

    private static String changed(String protein, double share, Random random) {
        StringBuilder changed = new StringBuilder(protein);
        for (int i = 0; i < protein.length(); i++) {
            if (random.nextDouble() < share) {
                changed.setCharAt(i, LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return changed.toString();
    }
}
