package org.plmfrontier.fitting.quantity;

import java.util.Objects;

/**
 * Which N, which D and which C a result is about. Mixing them moves an exponent from 0.84 to 0.71 (Porian et al. 2024),
 * so every result carries its own.
 */
public record Convention(Parameters parameters, Tokens tokens, Compute compute) {

    /** Counting of N. */
    public enum Parameters {
        /** Embedding and head matrices counted, biases and norms not (Serrano et al. 2024, Table 6). */
        TABLE_6,
        /** Every trained number. */
        EXACT,
        /** Table 6 without the two embedding matrices. */
        NON_EMBEDDING,
        /** As the imported file gives it. */
        AS_GIVEN
    }

    /** Counting of D. */
    public enum Tokens {
        /** Tokens seen by the model: residues, START and END, never PAD, repeated epochs included. */
        SEEN,
        /** As the imported file gives it. */
        AS_GIVEN
    }

    /** Counting of C, FLOPs of the whole training. */
    public enum Compute {
        /** Three forward passes of Table 5 over the real sequence lengths, no padding. */
        TABLE_5,
        /** The same over what was executed, padding included. */
        EXECUTED,
        /** 6 N D. */
        SIX_ND,
        /** As the imported file gives it. */
        AS_GIVEN,
        /** As the imported file gives it in some runs, 6 N D in the others. */
        MIXED
    }

    /** What the suite's own studies use. */
    public static final Convention STUDY = new Convention(Parameters.TABLE_6, Tokens.SEEN, Compute.TABLE_5);

    /** A file's own columns, whatever they count. */
    public static final Convention IMPORTED = new Convention(Parameters.AS_GIVEN, Tokens.AS_GIVEN, Compute.AS_GIVEN);

    /** A file's N and D, and 6 N D for C, which it does not give. */
    public static final Convention SIX_ND = new Convention(Parameters.AS_GIVEN, Tokens.AS_GIVEN, Compute.SIX_ND);

    public Convention {
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(compute, "compute");
    }

    /** The same N and D under another C. */
    public Convention with(Compute other) {
        return new Convention(parameters, tokens, other);
    }
}
