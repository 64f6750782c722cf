package org.plmfrontier.dataset.finding;

/**
 * Kinds of oddities. Each says what is counted and what happens to the input in lenient mode; strict mode fails at
 * any.
 */
public enum FindingClass {
    /** Files that begin with UTF-8's byte order mark; passed over. */
    BYTE_ORDER_MARK,
    /** Lines that end in CR LF; the CR is no part of the line. */
    CRLF,
    /** Lines that end in a CR alone; read as a line end. */
    CR_LINE_END,
    /** Lines without a byte, before the first header also lines of blanks; skipped. */
    BLANK_LINE,
    /** Lines that start with a semicolon; skipped. */
    COMMENT_LINE,
    /** Lines of sequence before the first header; skipped. */
    SEQUENCE_BEFORE_HEADER,
    /** Headers that name nothing; the protein is kept. */
    MISSING_IDENTIFIER,
    /** Headers whose first word an earlier header has, in any file; the proteins are kept. Found after the last file. */
    DUPLICATE_IDENTIFIER,
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
    /** Spaces, tabs and form feeds within a sequence; dropped. */
    SPACE,
    /** Header marks inside a line of sequence; two records ran into each other, both are set apart as one. */
    HEADER_INSIDE_LINE,
    /** Records with a byte of ASCII that no sequence holds; set apart whole. */
    ILLEGAL_CHARACTER,
    /** Records with a byte above 127; set apart whole. */
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
    /** As {@link #CORRUPT_GZIP}, also for too early an end, of zstd files. */
    BROKEN_ZSTD,
    /** As {@link #CORRUPT_GZIP}, also for too early an end, of bzip2 files. */
    BROKEN_BZIP2,
    /** Compressed files that expand beyond any text; what came before counts, the rest of the file is lost. */
    COMPRESSION_BOMB,
    /** Files whose residues are nearly all of A, C, G, T, U, N; read as proteins all the same. */
    LOOKS_LIKE_DNA,
    /** Files without a byte of content, or with blank lines and comments alone; they add nothing to the corpus. */
    EMPTY_FILE,
    /** Runs of blanks, form feeds, end marks or byte order marks before a header's mark; passed over. */
    LEADING_BYTES,
    /**
     * What follows the last letter of a record or the end of a compressed file and belongs to neither: end marks
     * (0x1A), NULs, 0xFF, blanks; counted by the byte in text, by the file behind what is compressed; passed over.
     */
    TRAILING_BYTES,
    /** Files with content and without a record, or of another format; the corpus fails, also in lenient mode. */
    NOT_FASTA,
    /** Files of which no record is a protein that the filters keep; strict mode takes it. */
    NO_PROTEIN
}
