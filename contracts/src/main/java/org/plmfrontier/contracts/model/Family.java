package org.plmfrontier.contracts.model;

/** A kind of protein language model: how a shape becomes a network and which loss it is trained on. */
public enum Family {
    /** ESM-2 style encoder, masked language modelling (Lin et al. 2023; Serrano et al. 2024, Appendix C). */
    ESM2
}
