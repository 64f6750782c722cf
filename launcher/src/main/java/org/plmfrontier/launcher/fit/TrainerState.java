package org.plmfrontier.launcher.fit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.tracking.LossPoint;
import org.plmfrontier.fitting.tracking.PointRows;
import org.plmfrontier.fitting.tracking.RunName;
import org.plmfrontier.fitting.tracking.TrackedSource;

/**
 * One {@code trainer_state.json}: entries of {@code log_history} with {@code step} and what was logged there.
 *
 * @param steps how far the run has come
 * @param metrics numbers of the entries that may be losses
 * @param tokensPerStep tokens seen over steps, where the state as a whole says it
 * @param flopsPerStep {@code total_flos} over steps; the Trainer counts 6 FLOPs per token and parameter without embeddings
 * @param loggedTokens whether entries have tokens of their own
 */
@StagedBuilder
record TrainerState(
        String name,
        Path file,
        double steps,
        Set<String> metrics,
        OptionalDouble tokensPerStep,
        OptionalDouble flopsPerStep,
        boolean loggedTokens)
        implements TrackedSource {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final String STEP = "step";
    private static final String TOKENS = "num_input_tokens_seen";
    private static final String FLOPS = "total_flos";
    private static final String RATE = "learning_rate";
    private static final Set<String> BESIDE = Set.of(STEP, "epoch", TOKENS, FLOPS, RATE, "grad_norm");

    /** Receives the entries of a log. */
    private interface Entries {
        void entry(int ordinal, Map<String, Double> numbers);
    }

    TrainerState {
        metrics = Set.copyOf(metrics);
    }

    /**
     * Looks through a file.
     *
     * @throws com.fasterxml.jackson.core.JacksonException where it is no JSON
     */
    static TrainerState of(String name, Path file) throws IOException {
        Set<String> metrics = new TreeSet<>();
        boolean[] tokens = new boolean[1];
        double[] furthest = new double[1];
        Map<String, Double> state = read(file, (ordinal, numbers) -> {
            numbers.keySet().stream().filter(key -> !BESIDE.contains(key)).forEach(metrics::add);
            tokens[0] |= numbers.getOrDefault(TOKENS, 0.0) > 0;
            furthest[0] = Math.max(furthest[0], numbers.getOrDefault(STEP, 0.0));
        });
        double steps = state.getOrDefault("global_step", furthest[0]);
        return TrainerStateBuilder.builder()
                .name(name)
                .file(file)
                .steps(steps)
                .metrics(metrics)
                .tokensPerStep(perStep(state.get(TOKENS), steps))
                .flopsPerStep(perStep(state.get(FLOPS), steps))
                .loggedTokens(tokens[0])
                .build();
    }

    @Override
    public List<String> runs() {
        return List.of(name);
    }

    @Override
    public boolean hasTokens() {
        return loggedTokens || tokensPerStep.isPresent();
    }

    @Override
    public boolean hasFlops() {
        return flopsPerStep.isPresent();
    }

    @Override
    public LossRows losses(String metric, RunSizes sizes) {
        String place = RunName.last(file) + " of run " + name + ", entry";
        return new PointRows(name, metric, hasFlops(), place, sizes, (findings, points) -> read(metric, points));
    }

    private void read(String metric, Consumer<LossPoint> points) {
        try {
            read(file, (ordinal, numbers) -> {
                Double value = numbers.get(metric);
                if (value != null) {
                    points.accept(point(ordinal, numbers, value));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LossPoint point(int ordinal, Map<String, Double> numbers, double value) {
        OptionalDouble step = number(numbers, STEP);
        OptionalDouble tokens = positive(number(numbers, TOKENS));
        OptionalDouble flops = positive(number(numbers, FLOPS));
        return new LossPoint(
                ordinal,
                step,
                value,
                tokens.isPresent() ? tokens : times(step, tokensPerStep),
                flops.isPresent() ? flops : times(step, flopsPerStep),
                number(numbers, RATE));
    }

    private static OptionalDouble perStep(@Nullable Double total, double steps) {
        return total != null && total > 0 && steps > 0 ? OptionalDouble.of(total / steps) : OptionalDouble.empty();
    }

    private static OptionalDouble times(OptionalDouble step, OptionalDouble perStep) {
        return step.isPresent() && perStep.isPresent()
                ? positive(OptionalDouble.of(step.getAsDouble() * perStep.getAsDouble()))
                : OptionalDouble.empty();
    }

    private static OptionalDouble positive(OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() > 0 ? value : OptionalDouble.empty();
    }

    private static OptionalDouble number(Map<String, Double> numbers, String key) {
        Double value = numbers.get(key);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Reads the file once, one entry in memory at a time; returns the numbers of the state as a whole. */
    private static Map<String, Double> read(Path file, Entries entries) throws IOException {
        Map<String, Double> state = new HashMap<>();
        try (InputStream input = Files.newInputStream(file);
                JsonParser parser = JSON.createParser(input)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return state;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("log_history") && value == JsonToken.START_ARRAY) {
                    for (int ordinal = 1; parser.nextToken() == JsonToken.START_OBJECT; ordinal++) {
                        entries.entry(ordinal, numbers(parser));
                    }
                } else if (value.isNumeric()) {
                    state.put(key, parser.getDoubleValue());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return state;
    }

    private static Map<String, Double> numbers(JsonParser parser) throws IOException {
        Map<String, Double> numbers = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (parser.nextToken().isNumeric()) {
                numbers.put(key, parser.getDoubleValue());
            } else {
                parser.skipChildren();
            }
        }
        return numbers;
    }
}
