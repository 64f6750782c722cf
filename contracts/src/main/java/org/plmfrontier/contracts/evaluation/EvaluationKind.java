package org.plmfrontier.contracts.evaluation;

/** What is measured. */
public enum EvaluationKind {
    /** Zero-shot scores of substitutions against a deep mutational scan (Meier et al. 2021). */
    VARIANT_EFFECT,
    /** Three-state secondary structure by a linear probe on frozen embeddings (Elnaggar et al. 2021). */
    SECONDARY_STRUCTURE,
    /** Contacts by a logistic regression on attention maps (Rao et al. 2020). */
    CONTACTS,
    /** Perplexity of proteins under several maskings, and pseudo-perplexity (Serrano et al. 2024). */
    PERPLEXITY
}
