package org.plmfrontier.dataset.finding;

/**
 * Kinds of oddities. Each says what is counted and what happens to the input in lenient mode; strict mode fails at
 * any.
 */
public enum FindingClass {
    /** Lines that end in CR LF; the CR is no part of the line. */
    CRLF,
    /** Lines that end in a CR alone; read as a line end. */
    CR_LINE_END,
    /** Lines without a byte; skipped. */
    BLANK_LINE,
    /** Lines that start with a semicolon; skipped. */
    COMMENT_LINE,
    /** Lines of sequence before the first header; skipped. */
    SEQUENCE_BEFORE_HEADER,
    /** Headers that name nothing; the protein is kept. */
    MISSING_IDENTIFIER,
    /** Headers without a residue before the next header; nothing is kept. */
    EMPTY_RECORD,
    /** Lower-case letters; read as upper case. */
    LOWERCASE,
    /** Letters that are no residue code (J); become X. */
    UNKNOWN_LETTER,
    /** Stop marks after the last residue; dropped. */
    STOP_AT_END,
    /** Stop marks before another residue; become X. */
    STOP_INSIDE,
    /** Dashes and dots; dropped. */
    GAP,
    /** Digits; dropped. */
    DIGIT,
    /** Spaces and tabs within a sequence; dropped. */
    SPACE,
    /** Bytes of ASCII that no sequence holds, a header mark inside a line among them; the whole record is set apart. */
    ILLEGAL_CHARACTER,
    /** Bytes above 127; the whole record is set apart. */
    NON_ASCII,
    /** Records longer than the reader's bound; set apart. */
    SEQUENCE_TOO_LONG,
    /** Compressed files that end too early; what came before counts, the record that was cut is set apart. */
    TRUNCATED_GZIP,
    /**
     * Compressed files that do not decode or fail their checksum; as with truncated ones, the rest of the file is
     * lost.
     */
    CORRUPT_GZIP,
    /** Files without a byte of content. */
    EMPTY_FILE
}
