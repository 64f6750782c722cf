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
    TOO_SHORT
}
