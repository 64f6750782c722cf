package org.plmfrontier.contracts.model;

/** A kind of protein language model: how a shape becomes a network and which loss it is trained on. */
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
    LSTM;

    /** Whether the loss is on masked residues; else it is on every next token. */
    public boolean masked() {
        return this != CAUSAL;
    }

    /** Whether the network is made of attention blocks. */
    public boolean transformer() {
        return this != LSTM;
    }
}
