package org.plmfrontier.dataset.packing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

/**
 * Packs sequences into batches of similar lengths (Serrano et al. 2024, Appendix D): the sequences of a window are
 * sorted by length, cut where the padded batch would pass the token budget, and the batches are shuffled. A window's
 * last batch, which is rarely full, waits for the next window. Every sequence leaves exactly once. Not thread-safe.
 */
public final class BatchPacker {
    private final int batchTokens;
    private final int window;
    private final long seed;
    private final Consumer<List<byte[]>> sink;
    private List<byte[]> waiting = new ArrayList<>();
    private long windows;

    /**
     * @param batchTokens most tokens of a batch, padding included
     * @param window sequences that are sorted together
     * @param seed seed of the corpus
     * @param sink takes the batches in order
     */
    public BatchPacker(int batchTokens, int window, long seed, Consumer<List<byte[]>> sink) {
        if (batchTokens <= 0 || window <= 0) {
            throw new IllegalArgumentException(
                    "batchTokens " + batchTokens + " and window " + window + " must be positive");
        }
        this.batchTokens = batchTokens;
        this.window = window;
        this.seed = seed;
        this.sink = sink;
    }

    /**
     * Adds a sequence.
     *
     * @throws IllegalArgumentException where it exceeds the budget of a batch
     */
    public void add(byte[] tokens) {
        if (tokens.length > batchTokens) {
            throw new IllegalArgumentException(
                    "a sequence of " + tokens.length + " tokens exceeds batchTokens " + batchTokens);
        }
        waiting.add(tokens);
        if (waiting.size() >= window) {
            pack(true);
        }
    }

    /** Packs what is waiting; the last call. */
    public void finish() {
        if (!waiting.isEmpty()) {
            pack(false);
        }
    }

    private void pack(boolean keepLast) {
        List<List<byte[]>> batches = cut();
        waiting = keepLast && batches.size() > 1 ? batches.removeLast() : new ArrayList<>();
        SplitMix random = new SplitMix(seed, Purpose.PACKING, windows++);
        for (int i = batches.size() - 1; i > 0; i--) {
            Collections.swap(batches, i, (int) random.below(i + 1L));
        }
        batches.forEach(sink);
    }

    private List<List<byte[]>> cut() {
        List<List<byte[]>> batches = new ArrayList<>();
        List<byte[]> batch = new ArrayList<>();
        for (byte[] tokens : byLength()) {
            if ((batch.size() + 1L) * tokens.length > batchTokens) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(tokens);
        }
        batches.add(batch);
        return batches;
    }

    /** What is waiting, the shortest first, in the order of arrival among those of one length. */
    private byte[][] byLength() {
        int longest = 0;
        for (byte[] tokens : waiting) {
            longest = Math.max(longest, tokens.length);
        }
        int[] next = new int[longest + 2];
        for (byte[] tokens : waiting) {
            next[tokens.length + 1]++;
        }
        for (int length = 1; length < next.length; length++) {
            next[length] += next[length - 1];
        }
        byte[][] sorted = new byte[waiting.size()][];
        for (byte[] tokens : waiting) {
            sorted[next[tokens.length]++] = tokens;
        }
        return sorted;
    }
}
