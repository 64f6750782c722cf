package org.plmfrontier.dataset.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Headers of the contracts as Kafka has them, and back. */
final class RecordHeaders {
    private RecordHeaders() {}

    static List<Header> of(Map<String, byte[]> headers) {
        return headers.entrySet().stream()
                .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
                .toList();
    }

    static Map<String, byte[]> map(Headers headers) {
        Map<String, byte[]> map = new HashMap<>();
        headers.forEach(header -> map.put(header.key(), header.value()));
        return map;
    }
}
