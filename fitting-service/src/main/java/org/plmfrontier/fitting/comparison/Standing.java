package org.plmfrontier.fitting.comparison;

/** How the loss of another study stands to that of the first at one budget. */
public enum Standing {
    /** It is lower. */
    BETTER,
    /** It is higher. */
    WORSE,
    /** The intervals leave both open. */
    NOT_TOLD_APART
}
