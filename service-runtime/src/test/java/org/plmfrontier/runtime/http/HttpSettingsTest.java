package org.plmfrontier.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    @Test
    void defaults() {
        HttpSettings settings = settings(Map.of());
        assertThat(settings.hosts()).isEmpty();
        assertThat(settings.expensive().waiting()).isEqualTo(4);
        assertThat(settings.expensive().queueTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.expensive().limit()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everyKeyIsRead() {
        HttpSettings settings = settings(Map.of(
                "frontier.http.hosts", "plm.example.org,plm",
                "frontier.http.expensive.waiting", "1",
                "frontier.http.expensive.queue-time", "2s",
                "frontier.http.expensive.limit", "3s"));
        assertThat(settings.hosts()).contains(List.of("plm.example.org", "plm"));
        assertThat(settings.expensive().waiting()).isEqualTo(1);
        assertThat(settings.expensive().queueTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.expensive().limit()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("frontier.http.host", "x")))
                .hasMessageContaining("frontier.http.host");
    }

    private static HttpSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HttpSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(HttpSettings.class);
    }
}
