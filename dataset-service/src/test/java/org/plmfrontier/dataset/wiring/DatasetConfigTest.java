package org.plmfrontier.dataset.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
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
        assertThat(config.slices().mostPerRun()).isEqualTo(5_000);
        assertThat(config.slices().time()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.slices().longestTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.slices().horizon()).isEqualTo(Duration.ofHours(1));
        assertThat(config.slices().refillEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.scaling().workPerTrainer()).isEqualTo(Duration.ofMinutes(8));
        assertThat(config.trainers().flopsPerSecond()).isEqualTo(1e14);
        assertThat(config.trainers().checkpointBytesPerSecond()).isEqualTo(1e9);
        assertThat(config.trainers().memoryBytes()).isEmpty();
        assertThat(config.ingest().folder()).isEmpty();
        assertThat(config.ingest().shuffleMemoryBytes()).isEqualTo(16_777_216);
        assertThat(config.waits().broker()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.waits().source()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.waits().firstPause()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.waits().longestPause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.ingest().progressEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.access().tokens()).isEmpty();
        assertThat(config.sources().roots()).isEmpty();
        assertThat(config.sources().nearRedirects()).isFalse();
        assertThat(config.mmseqs().command()).isEqualTo("mmseqs");
        assertThat(config.mmseqs().threads()).isZero();
        assertThat(config.s3().endpoint()).isEmpty();
        assertThat(config.s3().region()).isEqualTo("us-east-1");
        assertThat(config.s3().anonymous()).isFalse();
        assertThat(config.pages().live()).isEmpty();
    }

    @Test
    void everyKeyIsMapped() {
        DatasetConfig config = config(Map.ofEntries(
                Map.entry("dataset.jobs.partitions", "3"),
                Map.entry("dataset.events.partitions", "5"),
                Map.entry("dataset.topics.replication", "2"),
                Map.entry("dataset.slices.target-flops", "1e12"),
                Map.entry("dataset.slices.of-largest-run", "7"),
                Map.entry("dataset.slices.most-per-run", "9"),
                Map.entry("dataset.slices.time", "PT20S"),
                Map.entry("dataset.slices.longest-time", "PT2M"),
                Map.entry("dataset.trainers.flops-per-second", "4e14"),
                Map.entry("dataset.trainers.checkpoint-bytes-per-second", "2e8"),
                Map.entry("dataset.slices.horizon", "PT30M"),
                Map.entry("dataset.slices.refill-every", "PT3S"),
                Map.entry("dataset.scaling.work-per-trainer", "PT4M"),
                Map.entry("dataset.trainers.memory-bytes", "24000000000"),
                Map.entry("dataset.ingest.folder", "/spill"),
                Map.entry("dataset.ingest.shuffle-memory-bytes", "11"),
                Map.entry("dataset.ingest.progress-every", "PT2S"),
                Map.entry("dataset.mmseqs.command", "/opt/mmseqs"),
                Map.entry("dataset.pages.live", "https://frontier.example"),
                Map.entry("dataset.mmseqs.threads", "2"),
                Map.entry("dataset.s3.endpoint", "http://store:9000"),
                Map.entry("dataset.s3.region", "eu-west-3"),
                Map.entry("dataset.s3.anonymous", "true"),
                Map.entry("dataset.sources.roots", "/corpora,s3://proteins"),
                Map.entry("dataset.sources.near-redirects", "true"),
                Map.entry("dataset.access.tokens", "a:1,b:2")));
        assertThat(config.pages().live()).contains(URI.create("https://frontier.example"));
        assertThat(config.jobs().partitions()).isEqualTo(3);
        assertThat(config.events().partitions()).isEqualTo(5);
        assertThat(config.topics().replication()).isEqualTo((short) 2);
        assertThat(config.slices().targetFlops()).hasValue(1e12);
        assertThat(config.slices().ofLargestRun()).isEqualTo(7);
        assertThat(config.slices().mostPerRun()).isEqualTo(9);
        assertThat(config.slices().time()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.slices().longestTime()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.slices().horizon()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.slices().refillEvery()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.scaling().workPerTrainer()).isEqualTo(Duration.ofMinutes(4));
        assertThat(config.trainers().flopsPerSecond()).isEqualTo(4e14);
        assertThat(config.trainers().checkpointBytesPerSecond()).isEqualTo(2e8);
        assertThat(config.trainers().memoryBytes()).hasValue(24_000_000_000L);
        assertThat(config.ingest().folder()).contains("/spill");
        assertThat(config.ingest().shuffleMemoryBytes()).isEqualTo(11);
        assertThat(config.ingest().progressEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.sources().roots()).contains(List.of("/corpora", "s3://proteins"));
        assertThat(config.sources().nearRedirects()).isTrue();
        assertThat(config.access().tokens()).contains(List.of("a:1", "b:2"));
        assertThat(config.mmseqs().command()).isEqualTo("/opt/mmseqs");
        assertThat(config.mmseqs().threads()).isEqualTo(2);
        assertThat(config.s3().endpoint()).contains(URI.create("http://store:9000"));
        assertThat(config.s3().region()).isEqualTo("eu-west-3");
        assertThat(config.s3().anonymous()).isTrue();
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
