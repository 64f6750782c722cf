package org.plmfrontier.benchmarks.suite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * From a step, or from the commit of its slice, to its arrival at a reader of the live stream. A step has arrived when the stream
 * tells of it or of a later one of its run. Thread-safe.
 */
final class StepLatency {
    private final JsonFactory json = new JsonFactory();
    private final Map<String, Long> arrived = new HashMap<>();
    private final Map<String, long[]> happenedAt = new HashMap<>();
    private double[] seconds = new double[1 << 16];
    private int measured;
    private int windowStart;

    /** Notes that a step is committed now; steps of a run come in order, from 1. */
    synchronized void committed(String run, long fromStep, long toStep) {
        long now = System.nanoTime();
        for (long step = fromStep; step <= toStep; step++) {
            happened(run, step, now);
        }
    }

    /** Notes when a step happened, by {@link System#nanoTime}; steps of a run come in order, from 1. */
    synchronized void happened(String run, long step, long nanos) {
        long[] times = happenedAt.computeIfAbsent(run, ignored -> new long[1024]);
        if (times.length <= step) {
            times = Arrays.copyOf(times, (int) step * 2);
            happenedAt.put(run, times);
        }
        times[(int) step] = nanos;
    }

    /**
     * Reads the stream on a thread of its own until the connection ends.
     *
     * @param name of the events that carry the steps
     */
    Thread follow(FittingProcess service, String study, String name) {
        return Thread.ofPlatform().daemon().start(() -> {
            HttpRequest request = HttpRequest.newBuilder(service.uri("/studies/" + study + "/live"))
                    .build();
            try (Stream<String> lines =
                    service.client().send(request, BodyHandlers.ofLines()).body()) {
                String[] event = {""};
                lines.forEach(line -> {
                    if (line.startsWith("event:")) {
                        event[0] = line.substring("event:".length()).strip();
                    } else if (line.startsWith("data:") && event[0].equals(name)) {
                        steps(line.substring("data:".length()));
                    }
                });
            } catch (IOException | InterruptedException | RuntimeException e) {
                System.err.println("the live stream ended: " + e);
            }
        });
    }

    private void steps(String data) {
        long now = System.nanoTime();
        String run = "";
        try (JsonParser parser = json.createParser(data)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME) {
                    continue;
                }
                String field = parser.currentName();
                if (field.equals("runId")) {
                    run = parser.nextTextValue();
                } else if (field.equals("step")) {
                    parser.nextToken();
                    arrived(run, parser.getLongValue(), now);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the live stream is no JSON", e);
        }
    }

    private synchronized void arrived(String run, long step, long now) {
        long[] times = happenedAt.get(run);
        long from = arrived.getOrDefault(run, 0L) + 1;
        for (long i = from; times != null && i <= step && i < times.length; i++) {
            long at = times[(int) i] == 0 ? now : times[(int) i];
            add((now - at) / 1e9);
        }
        arrived.merge(run, step, Math::max);
    }

    private void add(double value) {
        if (measured == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * measured);
        }
        seconds[measured++] = value;
    }

    synchronized int measured() {
        return measured;
    }

    /** From now on {@link #windowQuantile} is of the steps that arrive later. */
    synchronized void beginWindow() {
        windowStart = measured;
    }

    /** Seconds that a share of the steps needed at most which arrived since {@link #beginWindow}. */
    synchronized double windowQuantile(double share) {
        return quantile(share, windowStart);
    }

    /** Seconds that a share of the steps needed at most. */
    synchronized double quantile(double share) {
        return quantile(share, 0);
    }

    private double quantile(double share, int from) {
        double[] sorted = Arrays.copyOfRange(seconds, from, measured);
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
