package org.plmfrontier.trainer.variant;

import java.util.Arrays;

/**
 * The part of a protein that a model sees at once.
 *
 * @param from first token
 * @param to first token behind it
 */
record Window(int from, int to) {
    Window {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("window is " + from + " to " + to);
        }
    }

    /**
     * ProteinGym's optimal window ({@code get_optimal_window}, Notin et al. 2023): the place in the middle where the protein has
     * that much on both sides. START and END count as places and are not put into windows that do not reach them.
     *
     * @param place of the token, START is 0
     * @param tokens of the protein, START and END included
     * @param context most tokens
     */
    static Window optimal(int place, int tokens, int context) {
        int half = context / 2;
        if (tokens <= context) {
            return new Window(0, tokens);
        }
        if (place < half) {
            return new Window(0, context);
        }
        if (place >= tokens - half) {
            return new Window(tokens - context, tokens);
        }
        return new Window(place - half, place + half);
    }

    boolean contains(int place) {
        return place >= from && place < to;
    }

    byte[] of(byte[] tokens) {
        return Arrays.copyOfRange(tokens, from, to);
    }
}
