package org.plmfrontier.runtime.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {
    private static final HostRule LOOPBACK = HostRule.of(List.of(), true, true);

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "LOCALHOST.:1", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:9"})
    void loopbackIsAskedByItsOwnNames(String host) {
        assertThat(LOOPBACK.refusal(host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.0.0.1@evil.example",
                "localhost:8080:9",
                "10.0.0.7",
                "[2001:db8::1]",
                "",
                "a b"
            })
    void aForeignNameIsRefusedWithItselfAndTheKey(String host) {
        assertThat(LOOPBACK.refusal(host))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("'" + host + "'", "localhost", "frontier.http.hosts"));
    }

    @Test
    void aRequestWithoutAHostIsRefused() {
        assertThat(LOOPBACK.refusal(null)).isPresent();
    }

    @Test
    void namedHostsAreKnownWithAnyPort() {
        HostRule rule = HostRule.of(List.of("plm.example.org", " Other "), true, true);
        assertThat(rule.refusal("plm.example.org:8443")).isEmpty();
        assertThat(rule.refusal("other")).isEmpty();
        assertThat(rule.refusal("example.org")).isPresent();
    }

    @Test
    void anOpenServiceOfANetworkAnswersToAddressesAndToNoName() {
        HostRule rule = HostRule.of(List.of(), false, true);
        assertThat(rule.refusal("10.1.2.3:8080")).isEmpty();
        assertThat(rule.refusal("[2001:db8::1]:8080")).isEmpty();
        assertThat(rule.refusal("localhost")).isEmpty();
        assertThat(rule.refusal("evil.example")).isPresent();
    }

    @Test
    void aServiceThatAsksForTokensAnswersToAnyNameUntilNamesAreGivenAndThenStillToProbesByAddress() {
        assertThat(HostRule.of(List.of(), false, false).refusal("fitting-service.plm.svc:8080"))
                .isEmpty();
        HostRule named = HostRule.of(List.of("plm.example.org"), false, false);
        assertThat(named.refusal("evil.example")).isPresent();
        assertThat(named.refusal("10.1.2.3:8080")).isEmpty();
        assertThat(HostRule.of(List.of("*"), true, true).refusal("evil.example"))
                .isEmpty();
    }

    @Test
    void whatIsNoNameIsRefusedAtTheStart() {
        assertThatThrownBy(() -> HostRule.of(List.of("plm.example.org:80"), true, true))
                .hasMessageContaining("frontier.http.hosts")
                .hasMessageContaining("plm.example.org:80");
    }
}
