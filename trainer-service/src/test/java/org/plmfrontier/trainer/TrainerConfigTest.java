package org.plmfrontier.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
    @Test
    void defaultsAreAsDocumented() {
        TrainerConfig config = config(Map.of());
        assertThat(config.name()).isEmpty();
        assertThat(config.dataDir()).isEqualTo(Path.of(".plm-frontier/trainer"));
        assertThat(config.checkpointDir()).isEmpty();
        assertThat(config.engineDir()).isEmpty();
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.residentRuns()).isEqualTo(8);
        assertThat(config.heldOutTokensKept()).isEqualTo(4_000_000);
        assertThat(config.attempts()).isEqualTo(3);
        assertThat(config.commit()).isEmpty();
        assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void everyKeyIsRead() {
        TrainerConfig config = config(Map.of(
                "trainer.name", "t1",
                "trainer.data-dir", "/data",
                "trainer.checkpoint-dir", "/shared",
                "trainer.engine-dir", "/engine",
                "trainer.threads", "2",
                "trainer.resident-runs", "3",
                "trainer.held-out-tokens-kept", "5",
                "trainer.attempts", "7",
                "trainer.commit", "abc",
                "trainer.grace-period", "PT40S"));
        assertThat(config.name()).contains("t1");
        assertThat(config.dataDir()).isEqualTo(Path.of("/data"));
        assertThat(config.checkpointDir()).contains(Path.of("/shared"));
        assertThat(config.engineDir()).contains(Path.of("/engine"));
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.residentRuns()).isEqualTo(3);
        assertThat(config.heldOutTokensKept()).isEqualTo(5);
        assertThat(config.attempts()).isEqualTo(7);
        assertThat(config.commit()).contains("abc");
        assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(40));
    }

    private static TrainerConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(TrainerConfig.class);
    }
}
