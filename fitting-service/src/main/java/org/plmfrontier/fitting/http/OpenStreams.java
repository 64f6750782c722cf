package org.plmfrontier.fitting.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Event streams that are open, by the address of their clients. Thread-safe. */
final class OpenStreams {
    private final int most;
    private final int mostPerClient;
    private final Map<String, Integer> open = new HashMap<>();
    private int all;

    /**
     * None is open.
     *
     * @param most streams in all
     * @param mostPerClient streams of one address
     */
    OpenStreams(int most, int mostPerClient) {
        this.most = most;
        this.mostPerClient = mostPerClient;
    }

    /**
     * Counts one more stream.
     *
     * @return what ends it, once
     * @throws Refused where there are too many
     */
    synchronized Runnable open(String client) {
        if (all >= most) {
            throw Refused.tooMany("all " + most + " event streams are open (fitting.live.streams), ask again later");
        }
        int own = open.getOrDefault(client, 0);
        if (own >= mostPerClient) {
            throw Refused.tooMany("your address " + client + " has " + own
                    + " event streams open, which is the most (fitting.live.streams-per-client); close one first");
        }
        all++;
        open.put(client, own + 1);
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                close(client);
            }
        };
    }

    private synchronized void close(String client) {
        all--;
        open.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
}
