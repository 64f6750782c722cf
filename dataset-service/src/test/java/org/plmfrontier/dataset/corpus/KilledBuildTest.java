package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.ObjectServer;

/** A build whose process is killed with SIGKILL while it waits for the second of three files. */
class KilledBuildTest {
    private static final long SEED = 61;

    @TempDir
    Path folder;

    @Test
    void theNextProcessReadsOnlyTheFilesThatWereNotDone() throws Exception {
        System.out.println("seed " + SEED);
        try (ObjectServer server = new ObjectServer()) {
            List<String> addresses = serve(server);
            MemoryCorpus undisturbed = new MemoryCorpus();
            CorpusManifest expected = ServedBuild.build(folder.resolve("a"), addresses, undisturbed);
            List<TokenBatch> training = List.copyOf(undisturbed.training());

            server.stall("/1.fasta");
            server.requests().clear();
            Process child = start(addresses);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> server.requests().stream()
                                    .filter(request -> request.startsWith("GET"))
                                    .count()
                            == 2);
            child.destroyForcibly().waitFor();
            server.flow();
            server.requests().clear();
            MemoryCorpus resumed = new MemoryCorpus();
            assertThat(ServedBuild.build(folder.resolve("b"), addresses, resumed))
                    .isEqualTo(expected);
            assertThat(resumed.training()).usingRecursiveComparison().isEqualTo(training);
            assertThat(server.requests()).containsExactly("HEAD", "HEAD", "HEAD", "GET bytes=0-", "GET bytes=0-");
        }
    }

    private Process start(List<String> addresses) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServedBuild.class.getName(),
                folder.resolve("b").toString()));
        command.addAll(addresses);
        return new ProcessBuilder(command).inheritIO().start();
    }

    private List<String> serve(ObjectServer server) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            Path file = Fasta.write(folder.resolve(part + ".fasta"), Fasta.proteins(80, 30, 100, SEED + part));
            server.put("/" + part + ".fasta", Files.readAllBytes(file));
            addresses.add(server.address() + "/" + part + ".fasta");
        }
        return addresses;
    }
}
