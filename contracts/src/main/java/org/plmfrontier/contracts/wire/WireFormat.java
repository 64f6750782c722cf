package org.plmfrontier.contracts.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.evaluation.Relatives;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.Schedule;

/**
 * Records to JSON bytes and back, the same in all services. Unknown fields are ignored (a newer writer). A missing field
 * is null where the record's component may be null (an older writer), else refused; impossible values are refused by the
 * record's own checks. Thread-safe.
 */
public final class WireFormat {
    private static final ObjectMapper MAPPER = configure(JsonMapper.builder()).build();

    private static final StepReader STEPS = new StepReader(MAPPER.getFactory());

    private WireFormat() {}

    /** The settings that make a mapper speak this format; REST layers apply them to theirs. */
    public static JsonMapper.Builder configure(JsonMapper.Builder builder) {
        return builder.addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new AbsentAsNull(), new JacksonAnnotationIntrospector()))
                .injectableValues(AbsentAsNull.VALUES)
                .addMixIn(Schedule.class, ScheduleKinds.class)
                .addMixIn(ReferenceLosses.class, PresentOnly.class)
                .addMixIn(CorpusRef.class, PresentOnly.class)
                .addMixIn(SliceCompleted.class, PresentOnly.class)
                .addMixIn(DownstreamEvaluated.class, PresentOnly.class)
                .addMixIn(TrainingDevice.class, PresentOnly.class)
                .addMixIn(Measure.class, PresentOnly.class)
                .addMixIn(ModelShape.class, PresentOnly.class)
                .addMixIn(BatchJob.class, PresentOnly.class)
                .addMixIn(EvaluationJob.class, PresentOnly.class)
                .addMixIn(Relatives.class, PresentOnly.class)
                .addMixIn(Recipe.class, PresentOnly.class);
    }

    public static byte[] encode(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * Reads one value.
     *
     * @throws UndecodableException where the bytes are no such value, with the place and the reason
     */
    public static <T> T decode(byte[] json, Class<T> type) throws UndecodableException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UndecodableException(type.getSimpleName() + " is null");
            }
            return value;
        } catch (IOException e) {
            throw new UndecodableException("no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** A step in its plain form; null where only the general reader can say what the value is. */
    static TrainingEvent.@Nullable StepCompleted plainStep(byte[] json) {
        return STEPS.read(json);
    }

    /** What is not known is not written: plans without it stay as version 1 wrote them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private interface PresentOnly {}

    /** How a schedule names its kind in JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Schedule.Constant.class, name = "constant"),
        @JsonSubTypes.Type(value = Schedule.TokenDecay.class, name = "token-decay"),
        @JsonSubTypes.Type(value = Schedule.WarmupCosine.class, name = "warmup-cosine")
    })
    private interface ScheduleKinds {}
}
