package org.plmfrontier.dataset.corpus;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.plmfrontier.dataset.seed.Purpose;
import org.plmfrontier.dataset.seed.SplitMix;

/**
 * Chooses exactly n proteins, every set of n equally likely, in one pass over proteins of unknown number: the n with
 * the smallest keys, where a key follows from seed and ordinal alone. So the choice does not depend on threads, memory
 * or on how often the pass was interrupted. Memory grows with n only. Not thread-safe.
 */
public final class HeldOutChoice {
    private record Candidate(long key, long ordinal) {}

    private final int wanted;
    private final long seed;
    private final PriorityQueue<Candidate> chosen =
            new PriorityQueue<>((one, other) -> Long.compareUnsigned(other.key(), one.key()));

    /**
     * @param wanted how many proteins to choose
     * @param seed seed of the corpus
     */
    public HeldOutChoice(int wanted, long seed) {
        if (wanted < 0) {
            throw new IllegalArgumentException("wanted must not be negative, got " + wanted);
        }
        this.wanted = wanted;
        this.seed = seed;
    }

    /** Offers the protein of an ordinal, each once. */
    public void offer(long ordinal) {
        long key = SplitMix.key(seed, Purpose.SPLIT, ordinal);
        Candidate largest = chosen.peek();
        if (chosen.size() == wanted && (largest == null || Long.compareUnsigned(key, largest.key()) >= 0)) {
            return;
        }
        chosen.add(new Candidate(key, ordinal));
        if (chosen.size() > wanted) {
            chosen.remove();
        }
    }

    /** Ordinals of the chosen proteins, ascending: {@code wanted} of them, or all where fewer were offered. */
    public long[] ordinals() {
        long[] ordinals = chosen.stream().mapToLong(Candidate::ordinal).toArray();
        Arrays.sort(ordinals);
        return ordinals;
    }
}
