package org.plmfrontier.runtime.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginRuleTest {
    private static final OriginRule RULE = new OriginRule(HostRule.of(List.of("plm.example.org"), true, true));

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080",
        "http://localhost, localhost",
        "http://localhost, localhost:80",
        "https://other.example, other.example",
        "https://other.example, other.example:443",
        "http://[::1]:8080, [::1]:8080",
        "https://plm.example.org, fitting-service:8080"
    })
    void ownPagesAndThoseOfNamedHostsMayAsk(String origin, String host) {
        assertThat(refusal(origin, "same-origin", "cors", host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, localhost:8080",
        "http://localhost:9999, localhost:8080",
        "http://127.0.0.1:8080, localhost:8080",
        "https://localhost, localhost:80",
        "null, localhost:8080",
        "http://localhost:8080@evil.example, localhost:8080",
        "http://plm.example.org.evil.example, localhost:8080",
        "garbage, localhost:8080"
    })
    void otherPagesMayNot(String origin, String host) {
        assertThat(refusal(origin, null, null, host))
                .hasValueSatisfying(reason -> assertThat(reason).contains("'" + origin + "'"));
    }

    @Test
    void whatTheBrowserSaysOfSitesCountsWhereNoOriginIsNamed() {
        assertThat(refusal(null, "cross-site", "no-cors", "localhost")).isPresent();
        assertThat(refusal(null, "same-site", "no-cors", "localhost")).isPresent();
        assertThat(refusal(null, "same-origin", "cors", "localhost")).isEmpty();
        assertThat(refusal(null, "none", "navigate", "localhost")).isEmpty();
        assertThat(refusal(null, null, null, "localhost")).isEmpty();
    }

    @Test
    void aLinkToAReadMayBeFollowedAndAPictureOfItMayNotBeEmbedded() {
        assertThat(RULE.refusalOfRead(new OriginRule.From(null, "cross-site", "navigate", "localhost")))
                .isEmpty();
        assertThat(RULE.refusalOfRead(new OriginRule.From(null, "cross-site", "no-cors", "localhost")))
                .isPresent();
        assertThat(RULE.refusalOfRead(new OriginRule.From("http://evil.example", null, "cors", "localhost")))
                .isPresent();
    }

    private static Optional<String> refusal(String origin, String site, String mode, String host) {
        return RULE.refusal(new OriginRule.From(origin, site, mode, host));
    }
}
