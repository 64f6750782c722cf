package org.plmfrontier.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.wire.WireFormat;

class RequestRecordsTest {
    private static final ObjectMapper MAPPER =
            WireFormat.configure(JsonMapper.builder()).build();

    private final RequestRecords records = new RequestRecords(MAPPER);

    enum Action {
        STOP,
        RESUME
    }

    record Command(
            Action action,
            String reason,
            int times,
            @Nullable Double share,
            @Nullable List<Long> seeds,
            @Nullable List<ModelShape> shapes,
            @Nullable Schedule schedule,
            @Nullable JsonNode rest) {}

    @Test
    void whatIsRightIsRead() {
        Command command = read("""
                {"action": "STOP", "reason": "r", "times": 2, "seeds": [1, 2], "rest": {"any": []},
                 "schedule": {"kind": "constant", "peakLearningRate": 1e-3, "warmupTokens": 0}}
                """);
        assertThat(command.action()).isEqualTo(Action.STOP);
        assertThat(command.share()).isNull();
        assertThat(command.schedule()).isEqualTo(new Schedule.Constant(1e-3, 0));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithWhatWasGivenAndWhatIsAllowed() {
        InvalidFieldsException e = failure("""
                {"actoin": "STOP", "reason": {"a": 1}, "times": 1e17, "share": "much", "seeds": [1, "x", null],
                 "schedule": {"kind": "constnat"},
                 "shapes": [{"family": "ESM2", "layers": 2, "dModel": 32, "ffnSize": 64, "heads": 2},
                            {"family": "ESM3", "layers": 2.5, "dModel": 32, "ffnSize": 64},
                            {"family": "ESM2", "layers": 0, "dModel": 32, "ffnSize": 64, "heads": 2}]}
                """);
        assertThat(e.problems().stream().map(FieldProblem::field))
                .containsExactlyInAnyOrder(
                        "actoin",
                        "action",
                        "reason",
                        "times",
                        "share",
                        "seeds[1]",
                        "seeds[2]",
                        "schedule.kind",
                        "shapes[1].family",
                        "shapes[1].layers",
                        "shapes[1].heads",
                        "shapes[2].layers");
        assertThat(e.getMessage())
                .startsWith("12 fields are wrong: ")
                .contains(
                        "action is missing; allowed: one of STOP, RESUME",
                        "actoin is unknown; did you mean 'action'?",
                        "times is of the wrong kind, got 1.0E17; allowed: a whole number from -2147483648 to 2147483647",
                        "one of constant, token-decay, warmup-cosine",
                        "layers must be positive, got 0")
                .doesNotContain("org.plmfrontier", "java.lang", "Deserialization", "creator");
    }

    @Test
    void noBodyAndNoObjectAreNamed() {
        assertThat(catchThrowableOfType(InvalidFieldsException.class, () -> records.read("", null, Command.class)))
                .hasMessageStartingWith("the request is empty; allowed: an object with the fields action, reason");
        assertThat(failure("[]")).hasMessageStartingWith("the request must be a JSON object, got []");
        assertThat(failure("null")).hasMessageStartingWith("the request must be a JSON object, got null");
    }

    @Test
    void aPathInFrontStandsBeforeEach() {
        InvalidFieldsException e = catchThrowableOfType(
                InvalidFieldsException.class,
                () -> records.read("shapes[3]", MAPPER.createObjectNode().put("layers", 1), ModelShape.class));
        assertThat(e.problems().stream().map(FieldProblem::field))
                .containsExactly("shapes[3].family", "shapes[3].dModel", "shapes[3].ffnSize", "shapes[3].heads");
    }

    @Test
    void aMillionWrongElementsAreAShortAnswer() {
        StringBuilder seeds =
                new StringBuilder("{\"action\": \"STOP\", \"reason\": \"\", \"times\": 1, \"seeds\": [\"a\"");
        seeds.append(", \"a\"".repeat(100_000)).append("]}");
        InvalidFieldsException e = failure(seeds.toString());
        assertThat(e.problems()).hasSize(50);
        assertThat(e.getMessage()).startsWith("100001 fields are wrong").hasSizeLessThan(20_000);
    }

    @Test
    void textsWithTheCharacterThatNoDatabaseTakesAreRefused() {
        assertThat(failure("{\"action\": \"STOP\", \"reason\": \"a\\u0000b\", \"times\": 1}"))
                .hasMessageContaining("reason holds the character NUL");
    }

    @Test
    void loginsAndKeysInAddressesAreNotShown() {
        InvalidFieldsException e = failure("""
                {"action": "https://ann:pa55@host/x?key=t0p", "reason": ["s3://ann:pa55@b/k?a=t0p", "u@v?w"], "times": 1}
                """);
        assertThat(e.getMessage())
                .contains("https://***@host/x?***", "s3://***@b/k?***", "u@v?w")
                .doesNotContain("pa55", "t0p");
    }

    @Test
    void numbersBeyondADoubleAreRefused() {
        assertThat(failure("{\"action\": \"STOP\", \"reason\": \"\", \"times\": 1, \"share\": 1e999}"))
                .hasMessageContaining("share is out of range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\": NaN}", "{\"a\":}", "[1 2]", "\"\\q\"", "{'a': 1}", "01"})
    void whatIsNoJsonIsToldWithItsPlaceAndInNoWordsOfTheParser(String text) {
        JsonProcessingException e = catchThrowableOfType(JsonProcessingException.class, () -> MAPPER.readTree(text));
        assertThat(JsonSyntax.sentence(e))
                .startsWith("the body is no JSON at line 1, column ")
                .doesNotContain("Feature", "enable", "Source", "`");
    }

    @Test
    void nearestNames() {
        List<String> known = List.of("tokenBudgets", "shapes", "recipe");
        assertThat(NearestName.of("token_budgets", known)).contains("tokenBudgets");
        assertThat(NearestName.of("shape", known)).contains("shapes");
        assertThat(NearestName.of("learningRates", known)).isEmpty();
    }

    private InvalidFieldsException failure(String json) {
        return catchThrowableOfType(InvalidFieldsException.class, () -> read(json));
    }

    private Command read(String json) {
        try {
            return records.read("", MAPPER.readTree(json), Command.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
