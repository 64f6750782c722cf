package org.plmfrontier.runtime.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "TEXT/PLAIN; charset=utf-8",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded"
            })
    void typesThatEveryPageMaySendAreRefusedByName(String type) {
        assertThat(BodyRule.refusal(type))
                .hasValueSatisfying(reason -> assertThat(reason).contains("application/json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ";"})
    void aBodyOfNoTypeIsRefused(String type) {
        assertThat(BodyRule.refusal(type)).isPresent();
        assertThat(BodyRule.refusal(null)).isPresent();
    }

    @Test
    void otherTypesAreLeftToTheResources() {
        assertThat(BodyRule.refusal("text/csv")).isEmpty();
        assertThat(BodyRule.refusal("application/json;charset=utf-8")).isEmpty();
    }
}
