package org.plmfrontier.trainer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
    @Test
    void defaultsAreAsDocumented() {
        TrainerConfig config = config(Map.of());
        assertThat(config.name()).isEmpty();
        assertThat(config.dataDir()).isEqualTo(Path.of(".plm-frontier/trainer"));
        assertThat(config.checkpointDir()).isEmpty();
        assertThat(config.checkpoints()).isEmpty();
        assertThat(config.s3().endpoint()).isEmpty();
        assertThat(config.s3().region()).isEqualTo("us-east-1");
        assertThat(config.s3().anonymous()).isFalse();
        assertThat(config.s3().silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.engineDir()).isEmpty();
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.devices()).containsExactly("cpu");
        assertThat(config.deviceName()).isEmpty();
        assertThat(config.activationBytes()).isEmpty();
        assertThat(config.snapshotBytes()).isEmpty();
        assertThat(config.residentRuns()).isEqualTo(8);
        assertThat(config.stepsAhead()).isEqualTo(4);
        assertThat(config.heldOutTokensKept()).isEqualTo(4_000_000);
        assertThat(config.attempts()).isEqualTo(3);
        assertThat(config.peakFlops()).isEmpty();
        assertThat(config.access().tokens()).isEmpty();
        assertThat(config.commit()).isEmpty();
        assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.stallLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.progress().interval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.waits().call()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.waits().transaction()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.waits().tokenLog()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.waits().retries()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.waits().firstPause()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.waits().longestPause()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyKeyIsRead() {
        TrainerConfig config = config(Map.ofEntries(
                Map.entry("trainer.name", "t1"),
                Map.entry("trainer.data-dir", "/data"),
                Map.entry("trainer.checkpoint-dir", "/shared"),
                Map.entry("trainer.checkpoints", "s3://bucket/prefix"),
                Map.entry("trainer.s3.endpoint", "http://localhost:9000"),
                Map.entry("trainer.s3.region", "eu-central-1"),
                Map.entry("trainer.s3.anonymous", "true"),
                Map.entry("trainer.s3.silence", "PT5S"),
                Map.entry("trainer.engine-dir", "/engine"),
                Map.entry("trainer.threads", "2"),
                Map.entry("trainer.devices", "cuda:0,cuda:1"),
                Map.entry("trainer.device-name", "NVIDIA L4"),
                Map.entry("trainer.activation-bytes", "1000"),
                Map.entry("trainer.snapshot-bytes", "2000"),
                Map.entry("trainer.resident-runs", "3"),
                Map.entry("trainer.steps-ahead", "0"),
                Map.entry("trainer.held-out-tokens-kept", "5"),
                Map.entry("trainer.attempts", "7"),
                Map.entry("trainer.commit", "abc"),
                Map.entry("trainer.grace-period", "PT40S"),
                Map.entry("trainer.stall-limit", "PT1H"),
                Map.entry("trainer.peak-flops", "312e12"),
                Map.entry("trainer.progress.interval", "PT0S"),
                Map.entry("trainer.waits.token-log", "PT9M"),
                Map.entry("trainer.waits.retries", "PT8M"),
                Map.entry("trainer.access.tokens", "a:1")));
        assertThat(config.name()).contains("t1");
        assertThat(config.dataDir()).isEqualTo(Path.of("/data"));
        assertThat(config.checkpointDir()).contains(Path.of("/shared"));
        assertThat(config.checkpoints()).contains("s3://bucket/prefix");
        assertThat(config.s3().endpoint()).contains(URI.create("http://localhost:9000"));
        assertThat(config.s3().region()).isEqualTo("eu-central-1");
        assertThat(config.s3().anonymous()).isTrue();
        assertThat(config.s3().silence()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.engineDir()).contains(Path.of("/engine"));
        assertThat(config.threads()).isEqualTo(2);
        assertThat(config.devices()).containsExactly("cuda:0", "cuda:1");
        assertThat(config.deviceName()).contains("NVIDIA L4");
        assertThat(config.activationBytes()).hasValue(1000);
        assertThat(config.snapshotBytes()).hasValue(2000);
        assertThat(config.residentRuns()).isEqualTo(3);
        assertThat(config.stepsAhead()).isZero();
        assertThat(config.heldOutTokensKept()).isEqualTo(5);
        assertThat(config.attempts()).isEqualTo(7);
        assertThat(config.commit()).contains("abc");
        assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(40));
        assertThat(config.stallLimit()).isEqualTo(Duration.ofHours(1));
        assertThat(config.peakFlops()).hasValue(312e12);
        assertThat(config.progress().interval()).isZero();
        assertThat(config.waits().tokenLog()).isEqualTo(Duration.ofMinutes(9));
        assertThat(config.waits().retries()).isEqualTo(Duration.ofMinutes(8));
        assertThat(config.access().tokens()).contains(List.of("a:1"));
    }

    @Test
    void twoPlacesOfCheckpointsAndOneThatIsNoBucketAreRefused() {
        assertThatThrownBy(() -> CheckpointPlace.of(
                        config(Map.of("trainer.checkpoints", "s3://bucket", "trainer.checkpoint-dir", "/shared")), "t"))
                .hasMessageContaining("trainer.checkpoints and trainer.checkpoint-dir are both set");
        assertThatThrownBy(() -> CheckpointPlace.of(config(Map.of("trainer.checkpoints", "/shared")), "t"))
                .hasMessageContaining("must be of the form s3://bucket/prefix, got '/shared'");
        assertThatThrownBy(
                        () -> CheckpointPlace.of(config(Map.of("trainer.checkpoints", "s3://me:secret@bucket/x")), "t"))
                .hasMessageContaining("s3://...@bucket/x")
                .hasMessageNotContaining("secret");
    }

    private static TrainerConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(TrainerConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(TrainerConfig.class);
    }
}
