package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingGpuTest {
    @Test
    void aGpuThatIsNotThereIsNamedWithTheKeyThatAsksForIt() {
        assumeFalse(Files.isDirectory(NvidiaDriver.GPUS), "there is a GPU");
        EngineSettings settings = new EngineSettings(1, Path.of("target", "engine"), List.of("cuda:0"));
        assertThatThrownBy(() -> DjlTrainingEngine.start(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("trainer.devices asks for cuda:0, but libtorch of this process sees 0 GPUs"
                        + " (a node without one, or the image for CPUs)");
    }
}
