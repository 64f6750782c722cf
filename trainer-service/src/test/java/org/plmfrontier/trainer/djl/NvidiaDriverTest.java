package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverTest {
    @TempDir
    Path gpus;

    @Test
    void theNameIsTheModelThatAllGpusShare() throws IOException {
        gpu("0000:01:00.0", "NVIDIA H100 80GB HBM3");
        gpu("0000:02:00.0", "NVIDIA H100 80GB HBM3");
        assertThat(NvidiaDriver.name(gpus)).isEqualTo("NVIDIA H100 80GB HBM3");
    }

    @Test
    void differentGpusOrNoDriverHaveNoName() throws IOException {
        assertThat(NvidiaDriver.name(gpus.resolve("absent"))).isEqualTo("unknown GPU");
        gpu("0000:01:00.0", "NVIDIA H100 80GB HBM3");
        gpu("0000:02:00.0", "NVIDIA L4");
        assertThat(NvidiaDriver.name(gpus)).isEqualTo("unknown GPU");
    }

    private void gpu(String bus, String model) throws IOException {
        Path folder = Files.createDirectory(gpus.resolve(bus));
        Files.writeString(folder.resolve("information"), "Model: \t\t " + model + "\nIRQ:   \t\t 23\n");
    }
}
