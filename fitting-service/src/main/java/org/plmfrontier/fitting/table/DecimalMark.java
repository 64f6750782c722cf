package org.plmfrontier.fitting.table;

/** What stands between the whole and the fraction of a number in a file. */
enum DecimalMark {
    POINT('.', ','),
    COMMA(',', '.');

    private final char mark;
    private final char grouping;

    DecimalMark(char mark, char grouping) {
        this.mark = mark;
        this.grouping = grouping;
    }

    char mark() {
        return mark;
    }

    /** What may stand between groups of three digits. */
    char grouping() {
        return grouping;
    }
}
