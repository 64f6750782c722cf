package org.plmfrontier.contracts.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventStepCompletedBuilder;

/**
 * Reads steps, of which there are a thousand for every other event, without reflection. It knows only the plain form: each
 * field once, each of its usual type, a possible value. Whatever is not in that form is left to the general reader, which
 * alone decides what is accepted and what is said of the rest. Thread-safe.
 */
final class StepReader {
    private static final List<String> NUMBERS = List.of(
            "tokens", "computeFlops", "executedFlops", "lossNats", "learningRate", "gradientNorm", "tokensPerSecond");

    private static final int STUDY = 1 << 7;
    private static final int RUN = 1 << 8;
    private static final int STEP = 1 << 9;
    private static final int AT = 1 << 10;
    private static final int ALL = (1 << 11) - 1;

    private final JsonFactory factory;

    StepReader(JsonFactory factory) {
        this.factory = factory;
    }

    /** The step, or null where the value is not in plain form. */
    @Nullable
    StepCompleted read(byte[] json) {
        try (JsonParser parser = factory.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? fields(parser) : null;
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable StepCompleted fields(JsonParser parser) throws IOException {
        double[] numbers = new double[NUMBERS.size()];
        String study = "";
        String run = "";
        long step = 0;
        Instant at = Instant.EPOCH;
        int seen = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int bit = bit(name);
            if (bit == 0 || (seen & bit) != 0 || !fits(token, bit)) {
                return null;
            }
            seen |= bit;
            switch (bit) {
                case STUDY -> study = parser.getText();
                case RUN -> run = parser.getText();
                case STEP -> step = parser.getLongValue();
                case AT -> at = Instant.parse(parser.getText());
                default -> numbers[Integer.numberOfTrailingZeros(bit)] = parser.getDoubleValue();
            }
        }
        return seen != ALL || parser.currentToken() != JsonToken.END_OBJECT
                ? null
                : TrainingEventStepCompletedBuilder.builder()
                        .studyId(study)
                        .runId(run)
                        .step(step)
                        .tokens(numbers[0])
                        .computeFlops(numbers[1])
                        .executedFlops(numbers[2])
                        .lossNats(numbers[3])
                        .learningRate(numbers[4])
                        .gradientNorm(numbers[5])
                        .tokensPerSecond(numbers[6])
                        .at(at)
                        .build();
    }

    private static int bit(String name) {
        return switch (name) {
            case "studyId" -> STUDY;
            case "runId" -> RUN;
            case "step" -> STEP;
            case "at" -> AT;
            default -> NUMBERS.contains(name) ? 1 << NUMBERS.indexOf(name) : 0;
        };
    }

    private static boolean fits(JsonToken token, int bit) {
        return switch (bit) {
            case STUDY, RUN, AT -> token == JsonToken.VALUE_STRING;
            case STEP -> token == JsonToken.VALUE_NUMBER_INT;
            default -> token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        };
    }
}
