package org.plmfrontier.fitting.table;

/** A file that is no table of losses at all. The message is one sentence for people, with the place and what to do next. */
public final class BadTableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final String column;

    /** About the file as a whole. */
    public BadTableException(String message) {
        this(message, 0, "");
    }

    /**
     * About a place.
     *
     * @param line line in the file, 0 where it is about the whole file
     * @param column header or label of the column, empty where it is about no single one
     */
    public BadTableException(String message, int line, String column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** Line in the file; 0 where it is about the whole file. */
    public int line() {
        return line;
    }

    /** Header or label of the column; empty where it is about no single one. */
    public String column() {
        return column;
    }
}
