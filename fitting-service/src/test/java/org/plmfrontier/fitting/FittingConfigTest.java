package org.plmfrontier.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FittingConfigTest {
    @Test
    void defaults() {
        FittingConfig config = config(Map.of());
        assertThat(config.refit().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.refit().resamples()).isEqualTo(200);
        assertThat(config.refit().level()).isEqualTo(0.95);
        assertThat(config.refit().seed()).isEqualTo(1);
        assertThat(config.curve().pointsPerOctave()).isEqualTo(2048);
        assertThat(config.live().tick()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.live().idleTicks()).isEqualTo(30);
        assertThat(config.access().tokens()).isEmpty();
    }

    @Test
    void everyKeyIsRead() {
        FittingConfig config = config(Map.of(
                "fitting.refit.interval", "7s",
                "fitting.refit.resamples", "50",
                "fitting.refit.level", "0.9",
                "fitting.refit.seed", "4",
                "fitting.curve.points-per-octave", "64",
                "fitting.live.tick", "1s",
                "fitting.live.idle-ticks", "5",
                "fitting.access.tokens", "a:1,b:2"));
        assertThat(config.refit().interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.refit().resamples()).isEqualTo(50);
        assertThat(config.refit().level()).isEqualTo(0.9);
        assertThat(config.refit().seed()).isEqualTo(4);
        assertThat(config.curve().pointsPerOctave()).isEqualTo(64);
        assertThat(config.live().tick()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.live().idleTicks()).isEqualTo(5);
        assertThat(config.access().tokens()).contains(List.of("a:1", "b:2"));
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> config(Map.of("fitting.refit.intervall", "7s")))
                .hasMessageContaining("intervall");
    }

    private static FittingConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FittingConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(FittingConfig.class);
    }
}
