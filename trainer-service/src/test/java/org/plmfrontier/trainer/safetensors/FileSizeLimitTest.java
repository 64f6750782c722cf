package org.plmfrontier.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A real write that the system refuses half way, by a limit on file sizes in a process of its own. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FileSizeLimitTest {
    private static final String LIMIT_KIB = "64";

    @TempDir
    Path folder;

    /** Saves a small state and one beyond the limit, and prints what came of them. */
    static final class Writer {
        public static void main(String[] args) throws IOException {
            FolderCheckpoints store = new FolderCheckpoints(Path.of(args[0]), "t");
            save(store, ModelShape.esm2(1, 8, 2), 1);
            try {
                save(store, ModelShape.esm2(2, 64, 4), 2);
                System.out.println("written");
            } catch (IOException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void aStateThatDoesNotFitIsAnErrorAndLeavesNothingBehind() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -f " + LIMIT_KIB + " && exec \"$0\" \"$@\"";
        Process process = new ProcessBuilder(List.of(
                        "bash",
                        "-c",
                        command,
                        java,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("refused: ");
        try (var files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly("step-000000000001-t.safetensors");
        }
        FolderCheckpoints store = new FolderCheckpoints(folder, "t");
        save(store, ModelShape.esm2(2, 64, 4), 2);
        assertThat(store.names("run")).hasSize(2);
    }

    private static void save(FolderCheckpoints store, ModelShape shape, long step) throws IOException {
        StateLayout layout = Networks.state(shape);
        store.save("run", new RunProgress(step, step, 1, 1, 1), layout, sink -> {
            for (TensorSpec tensor : layout.all()) {
                sink.write(tensor, new InitialWeights(1).read(tensor));
            }
        });
    }
}
