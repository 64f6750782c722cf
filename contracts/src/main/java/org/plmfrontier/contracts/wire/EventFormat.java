package org.plmfrontier.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.event.EventRules;
import org.plmfrontier.contracts.event.TrainingEvent;

/**
 * Training events as CloudEvents 1.0 in Kafka's binary mode: the type stands in a header, the value is the event's JSON.
 * The type ends in the major version of the schema; another major version is refused.
 */
public final class EventFormat {
    public static final String TYPE = "ce_type";
    public static final String CONTENT_TYPE = "content-type";
    private static final String JSON = "application/json";
    private static final String PREFIX = "org.plmfrontier.training.";
    private static final String VERSION = ".v1";
    private static final Map<String, Class<? extends TrainingEvent>> KINDS = Map.of(
            "run-planned", TrainingEvent.RunPlanned.class,
            "step-completed", TrainingEvent.StepCompleted.class,
            "slice-completed", TrainingEvent.SliceCompleted.class,
            "held-out-evaluated", TrainingEvent.HeldOutEvaluated.class,
            "checkpoint-refused", TrainingEvent.CheckpointRefused.class,
            "run-state-changed", TrainingEvent.RunStateChanged.class,
            "downstream-evaluated", TrainingEvent.DownstreamEvaluated.class,
            "run-deleted", TrainingEvent.RunDeleted.class);

    private EventFormat() {}

    /**
     * Record headers of an event.
     *
     * @param source who publishes, a URI reference such as {@code /trainer/host-1}
     */
    public static Map<String, byte[]> headers(TrainingEvent event, String source) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", ascii("1.0"));
        headers.put("ce_id", ascii(id(event)));
        headers.put("ce_source", ascii(source));
        headers.put(TYPE, ascii(PREFIX + kind(event) + VERSION));
        headers.put("ce_time", ascii(event.at().toString()));
        headers.put("ce_subject", ascii(event.runId()));
        headers.put(CONTENT_TYPE, ascii(JSON));
        return headers;
    }

    /**
     * The event of a record.
     *
     * @throws UndecodableException for an unknown type or version, or a value that is no such event
     */
    public static TrainingEvent decode(Map<String, byte[]> headers, byte @Nullable [] value)
            throws UndecodableException {
        return decode(headers::get, value);
    }

    /**
     * The event of a record of the log, checked by {@link EventRules}.
     *
     * @param header value of a record header by its name, null where there is none
     * @param appended time of the record
     * @throws UndecodableException for an unknown type or version, or a value that is no such event or cannot be true
     */
    public static TrainingEvent decode(
            Function<String, byte @Nullable []> header, byte @Nullable [] value, Instant appended)
            throws UndecodableException {
        TrainingEvent event = decode(header, value);
        try {
            EventRules.require(event, appended);
        } catch (IllegalArgumentException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
        return event;
    }

    private static TrainingEvent decode(Function<String, byte @Nullable []> header, byte @Nullable [] value)
            throws UndecodableException {
        if (value == null) {
            throw new UndecodableException("no value");
        }
        byte[] content = header.apply(CONTENT_TYPE);
        if (content != null && !isJson(new String(content, StandardCharsets.US_ASCII))) {
            throw new UndecodableException(
                    "content type '" + new String(content, StandardCharsets.US_ASCII) + "' is not " + JSON);
        }
        byte[] type = header.apply(TYPE);
        if (type == null) {
            throw new UndecodableException("no header " + TYPE);
        }
        Class<? extends TrainingEvent> shape = shape(new String(type, StandardCharsets.US_ASCII));
        TrainingEvent.StepCompleted step =
                shape == TrainingEvent.StepCompleted.class ? WireFormat.plainStep(value) : null;
        return step != null ? step : WireFormat.decode(value, shape);
    }

    private static Class<? extends TrainingEvent> shape(String type) throws UndecodableException {
        if (!type.startsWith(PREFIX) || !type.endsWith(VERSION)) {
            throw new UndecodableException("event type '" + type + "' is not one of version 1");
        }
        Class<? extends TrainingEvent> shape =
                KINDS.get(type.substring(PREFIX.length(), type.length() - VERSION.length()));
        if (shape == null) {
            throw new UndecodableException("unknown event type '" + type + "', perhaps of a newer writer");
        }
        return shape;
    }

    /** Parameters such as a character set may follow. */
    private static boolean isJson(String contentType) {
        return contentType.split(";", 2)[0].strip().equalsIgnoreCase(JSON);
    }

    private static String kind(TrainingEvent event) {
        return switch (event) {
            case TrainingEvent.RunPlanned ignored -> "run-planned";
            case TrainingEvent.StepCompleted ignored -> "step-completed";
            case TrainingEvent.SliceCompleted ignored -> "slice-completed";
            case TrainingEvent.HeldOutEvaluated ignored -> "held-out-evaluated";
            case TrainingEvent.CheckpointRefused ignored -> "checkpoint-refused";
            case TrainingEvent.RunStateChanged ignored -> "run-state-changed";
            case TrainingEvent.DownstreamEvaluated ignored -> "downstream-evaluated";
            case TrainingEvent.RunDeleted ignored -> "run-deleted";
        };
    }

    /** The same event published again has the same id. */
    private static String id(TrainingEvent event) {
        String base = event.runId() + "/" + kind(event);
        return switch (event) {
            case TrainingEvent.RunPlanned planned -> base + "/" + planned.run().endRecord();
            case TrainingEvent.StepCompleted step -> base + "/" + step.step();
            case TrainingEvent.SliceCompleted slice -> base + "/" + slice.slice();
            case TrainingEvent.HeldOutEvaluated evaluation -> base + "/" + evaluation.step();
            case TrainingEvent.CheckpointRefused refusal -> base + "/" + refusal.step() + "/" + refusal.checkpoint();
            case TrainingEvent.RunStateChanged change -> base + "/" + change.state() + "/" + change.step();
            case TrainingEvent.DownstreamEvaluated measured ->
                base + "/" + measured.step() + "/" + measured.evaluation().hash()
                        + (measured.gone() == null ? "" : "/gone")
                        + (measured.relatives() == null ? "" : "/relatives");
            case TrainingEvent.RunDeleted ignored -> base;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
