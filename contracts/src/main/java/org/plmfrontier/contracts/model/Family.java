package org.plmfrontier.contracts.model;

/** The name, in JSON and on the page, of a kind of protein language model; {@link #architecture()} is what it stands for. */
public enum Family {
    /** ESM-2 style encoder, masked language modelling (Lin et al. 2023; Serrano et al. 2024, Appendix C). */
    ESM2,
    /**
     * RITA-like decoder (Hesslow et al. 2022): the blocks of {@link #ESM2}, each position sees itself and what is before
     * it, and the loss is on the next token, END included.
     */
    CAUSAL,
    /**
     * Bidirectional LSTM, masked language modelling, the baseline of Rives et al. 2021: two independent stacks, one over
     * the sequence and one over its reverse, joined before the output projection.
     */
    LSTM,
    /** Encoder of the block of ESM C, AMPLIFY and E1 ({@link ModernTransformer}), masked language modelling. */
    MODERN,
    /** Decoder of the blocks of {@link #MODERN}; the loss is on the next token, END included. */
    MODERN_CAUSAL;

    /** The network that this family's shapes become. */
    public Architecture architecture() {
        return switch (this) {
            case ESM2 -> Transformer.ENCODER;
            case CAUSAL -> Transformer.DECODER;
            case LSTM -> Lstm.BIDIRECTIONAL;
            case MODERN -> ModernTransformer.ENCODER;
            case MODERN_CAUSAL -> ModernTransformer.DECODER;
        };
    }

    /** Whether the loss is on masked residues; else it is on every next token. */
    public boolean masked() {
        return !architecture().causal();
    }
}
