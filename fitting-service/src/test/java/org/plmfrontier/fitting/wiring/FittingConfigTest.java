package org.plmfrontier.fitting.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
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
        assertThat(config.refit().keep()).isEqualTo(32);
        assertThat(config.metrics().studies()).isEqualTo(32);
        assertThat(config.live().tick()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.live().progressTick()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.progress().limit()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.progress().pointsPerRun()).isEqualTo(512);
        assertThat(config.progress().points()).isEqualTo(200_000);
        assertThat(config.live().idleTicks()).isEqualTo(30);
        assertThat(config.live().streams()).isEqualTo(512);
        assertThat(config.live().streamsPerClient()).isEqualTo(64);
        assertThat(config.refit().share()).isEqualTo(0.25);
        assertThat(config.refit().shareBehind()).isEqualTo(0.05);
        assertThat(config.events().group().id()).isEqualTo("fitting");
        assertThat(config.events().batch()).isEqualTo(8000);
        assertThat(config.events().turn()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.events().firstPause()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.events().longestPause()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.events().stopping()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.access().tokens()).isEmpty();
        assertThat(config.imports().folder()).isEmpty();
        assertThat(config.imports().fileBytes()).isEqualTo(4L << 30);
        assertThat(config.imports().totalBytes()).isEqualTo(6L << 30);
        assertThat(config.imports().freeBytes()).isEqualTo(256L << 20);
    }

    @Test
    void everyKeyIsRead() {
        FittingConfig config = config(Map.ofEntries(
                Map.entry("fitting.refit.interval", "7s"),
                Map.entry("fitting.refit.resamples", "50"),
                Map.entry("fitting.refit.level", "0.9"),
                Map.entry("fitting.refit.seed", "4"),
                Map.entry("fitting.refit.share", "0.4"),
                Map.entry("fitting.refit.share-behind", "0.1"),
                Map.entry("fitting.refit.keep", "5"),
                Map.entry("fitting.metrics.studies", "6"),
                Map.entry("fitting.curve.points-per-octave", "64"),
                Map.entry("fitting.live.tick", "1s"),
                Map.entry("fitting.live.progress-tick", "2s"),
                Map.entry("fitting.progress.limit", "3m"),
                Map.entry("fitting.progress.points-per-run", "8"),
                Map.entry("fitting.progress.points", "80"),
                Map.entry("fitting.live.idle-ticks", "5"),
                Map.entry("fitting.live.streams", "7"),
                Map.entry("fitting.live.streams-per-client", "3"),
                Map.entry("fitting.events.group.id", "other"),
                Map.entry("fitting.events.batch", "10"),
                Map.entry("fitting.events.turn", "1s"),
                Map.entry("fitting.events.first-pause", "1s"),
                Map.entry("fitting.events.longest-pause", "2s"),
                Map.entry("fitting.events.stopping", "3s"),
                Map.entry("fitting.imports.folder", "/spool"),
                Map.entry("fitting.imports.file-bytes", "10"),
                Map.entry("fitting.imports.total-bytes", "20"),
                Map.entry("fitting.imports.free-bytes", "30"),
                Map.entry("fitting.access.tokens", "a:1,b:2")));
        assertThat(config.imports().folder()).contains(Path.of("/spool"));
        assertThat(config.imports().fileBytes()).isEqualTo(10);
        assertThat(config.imports().totalBytes()).isEqualTo(20);
        assertThat(config.imports().freeBytes()).isEqualTo(30);
        assertThat(config.refit().share()).isEqualTo(0.4);
        assertThat(config.refit().shareBehind()).isEqualTo(0.1);
        assertThat(config.refit().keep()).isEqualTo(5);
        assertThat(config.metrics().studies()).isEqualTo(6);
        assertThat(config.events().group().id()).isEqualTo("other");
        assertThat(config.events().batch()).isEqualTo(10);
        assertThat(config.events().turn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.events().firstPause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.events().longestPause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.events().stopping()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.refit().interval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.refit().resamples()).isEqualTo(50);
        assertThat(config.refit().level()).isEqualTo(0.9);
        assertThat(config.refit().seed()).isEqualTo(4);
        assertThat(config.curve().pointsPerOctave()).isEqualTo(64);
        assertThat(config.live().tick()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.live().progressTick()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.progress().limit()).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.progress().pointsPerRun()).isEqualTo(8);
        assertThat(config.progress().points()).isEqualTo(80);
        assertThat(config.live().idleTicks()).isEqualTo(5);
        assertThat(config.live().streams()).isEqualTo(7);
        assertThat(config.live().streamsPerClient()).isEqualTo(3);
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
