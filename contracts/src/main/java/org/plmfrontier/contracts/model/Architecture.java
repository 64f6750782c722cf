package org.plmfrontier.contracts.model;

/**
 * How a shape becomes a network. Each architecture owns its counts and the rules of its dimensions; a switch over this type
 * without a default names, at compile time, every place that a new one must fill. {@link Family} is its name on the wire.
 */
public sealed interface Architecture permits Transformer, Lstm, ModernTransformer {
    /**
     * Whether each position sees only itself and what is before it, and the loss is on every next token; else it is on masked
     * residues.
     */
    boolean causal();

    /** Whether embeddings may be rescaled by ESM-2's token dropout. */
    boolean tokenDropout();

    /** Whether layers add to a residual stream, which a recipe may ask for in bfloat16. */
    boolean residualStream();

    /** Whether heads share the width and rotate their channels in pairs: they must divide it into an even key size. */
    boolean rotary();

    /** Whether a shape may ask for normalised queries and keys. */
    boolean qkNorm();

    /** The three parameter counts of a shape, exact. */
    ParameterCount parameters(ModelShape shape);

    /**
     * Forward FLOPs of a load, term by term, exact.
     *
     * @throws ArithmeticException where they exceed 63 bits
     */
    FlopCount forward(ModelShape shape, SequenceLoad load);
}
