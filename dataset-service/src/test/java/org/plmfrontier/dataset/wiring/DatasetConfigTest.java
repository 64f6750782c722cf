package org.plmfrontier.dataset.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatasetConfigTest {
    @Test
    void defaultsAreThoseThatAreDocumented() {
        DatasetConfig config = config(Map.of());
        assertThat(config.jobs().partitions()).isEqualTo(16);
        assertThat(config.events().partitions()).isEqualTo(4);
        assertThat(config.topics().replication()).isEqualTo((short) 1);
        assertThat(config.slices().targetFlops()).isEmpty();
        assertThat(config.slices().ofLargestRun()).isEqualTo(24);
        assertThat(config.slices().mostPerRun()).isEqualTo(200);
        assertThat(config.ingest().folder()).isEmpty();
        assertThat(config.ingest().shuffleMemoryBytes()).isEqualTo(16_777_216);
        assertThat(config.access().tokens()).isEmpty();
    }

    @Test
    void everyKeyIsMapped() {
        DatasetConfig config = config(Map.of(
                "dataset.jobs.partitions", "3",
                "dataset.events.partitions", "5",
                "dataset.topics.replication", "2",
                "dataset.slices.target-flops", "1e12",
                "dataset.slices.of-largest-run", "7",
                "dataset.slices.most-per-run", "9",
                "dataset.ingest.folder", "/spill",
                "dataset.ingest.shuffle-memory-bytes", "11",
                "dataset.access.tokens", "a:1,b:2"));
        assertThat(config.jobs().partitions()).isEqualTo(3);
        assertThat(config.events().partitions()).isEqualTo(5);
        assertThat(config.topics().replication()).isEqualTo((short) 2);
        assertThat(config.slices().targetFlops()).hasValue(1e12);
        assertThat(config.slices().ofLargestRun()).isEqualTo(7);
        assertThat(config.slices().mostPerRun()).isEqualTo(9);
        assertThat(config.ingest().folder()).contains("/spill");
        assertThat(config.ingest().shuffleMemoryBytes()).isEqualTo(11);
        assertThat(config.access().tokens()).contains(List.of("a:1", "b:2"));
    }

    @Test
    void aKeyThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> config(Map.of("dataset.jobs.partition", "3")))
                .hasMessageContaining("dataset.jobs.partition");
    }

    private static DatasetConfig config(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(DatasetConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return config.getConfigMapping(DatasetConfig.class);
    }
}
