package org.plmfrontier.dataset.residue;

/** Why a record is no part of the corpus. */
public enum SetApart {
    /** A header without a residue. */
    EMPTY,
    /** It holds bytes that no sequence holds. */
    MALFORMED,
    /** It is longer than the reader's bound. */
    TOO_LONG,
    /** The file broke off inside it. */
    CUT,
    /** It has fewer residues than the corpus asks for. */
    TOO_SHORT,
    /** It has more residues than the corpus asks for. */
    ABOVE_MAX_RESIDUES,
    /** A larger share of it is X than the corpus allows. */
    TOO_MANY_UNKNOWN,
    /** Its identifier does not match the pattern that the corpus asks for. */
    IDENTIFIER,
    /** An earlier protein has the same residues. */
    DUPLICATE,
    /** Another protein stands for its cluster. */
    CLUSTERED,
    /** The held-out set that the corpus names has it. */
    HELD_OUT,
    /** It is too like a held-out protein to be trained on. */
    LIKE_HELD_OUT,
    /** The sample was full without it. */
    NOT_SAMPLED
}
