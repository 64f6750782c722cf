package org.plmfrontier.contracts.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Headers that a record carries on a dead-letter topic beside its own, under the names that SmallRye uses. */
public final class DeadLetterHeaders {
    /** Why the record could not be used, one sentence. */
    public static final String REASON = "dead-letter-reason";

    public static final String TOPIC = "dead-letter-topic";
    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";
    /** The service that could not use it: several may read one topic. */
    public static final String BY = "dead-letter-by";

    private static final String PREFIX = "dead-letter-";

    private DeadLetterHeaders() {}

    /**
     * The headers of a record.
     *
     * @param topic where the record lay
     * @param by the service that could not use it
     */
    public static Map<String, byte[]> of(String reason, String topic, int partition, long offset, String by) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put(REASON, text(reason));
        headers.put(TOPIC, text(topic));
        headers.put(PARTITION, text(Integer.toString(partition)));
        headers.put(OFFSET, text(Long.toString(offset)));
        headers.put(BY, text(by));
        return headers;
    }

    /** Whether a header is one of these, and none of the record's own. */
    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
