package org.plmfrontier.dataset.fasta;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;

/**
 * Splits one FASTA file into headers and sequence lines, in blocks of {@value #BLOCK} bytes whatever the length of a
 * line. Lines end in LF, CR LF or CR; a missing line end after the last line is no oddity, a byte order mark before the first is one. One reader per file; not
 * thread-safe.
 */
public final class FastaReader {
    private static final int BLOCK = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private enum Line {
        NOT_BEGUN,
        HEADER,
        NAMED_HEADER,
        SEQUENCE,
        SKIPPED
    }

    private final String file;
    private final Findings findings;
    private final FastaHandler handler;
    private Line kind = Line.NOT_BEGUN;
    private long line = 1;
    private boolean inRecord;
    private boolean afterCarriageReturn;

    /**
     * @param file name of the file in findings
     * @param findings takes the oddities of structure
     * @param handler takes headers and letters
     */
    public FastaReader(String file, Findings findings, FastaHandler handler) {
        this.file = file;
        this.findings = findings;
        this.handler = handler;
    }

    /**
     * Reads to the end.
     *
     * @throws IOException where the file cannot be read; a broken compressed file is a finding instead
     */
    public void read(InputStream in) throws IOException {
        byte[] block = new byte[BLOCK];
        boolean empty = true;
        @Nullable BrokenCompressionException broken = null;
        try {
            int length = afterByteOrderMark(block, in.readNBytes(block, 0, BYTE_ORDER_MARK.length));
            for (; length >= 0; length = in.read(block)) {
                empty &= length == 0;
                accept(block, length);
            }
        } catch (BrokenCompressionException e) {
            broken = e;
        }
        finish(empty, broken);
    }

    private int afterByteOrderMark(byte[] block, int length) {
        if (length < BYTE_ORDER_MARK.length || !Arrays.equals(block, 0, length, BYTE_ORDER_MARK, 0, length)) {
            return length;
        }
        note(FindingClass.BYTE_ORDER_MARK);
        return 0;
    }

    private void finish(boolean empty, @Nullable BrokenCompressionException broken) throws IOException {
        if (afterCarriageReturn) {
            note(FindingClass.CR_LINE_END);
        }
        if (kind == Line.HEADER) {
            note(FindingClass.MISSING_IDENTIFIER);
        }
        if (broken != null) {
            note(broken.type());
        } else if (empty) {
            note(FindingClass.EMPTY_FILE);
        }
        handler.endFile(broken != null);
    }

    private void accept(byte[] block, int length) throws IOException {
        int at = 0;
        while (at < length) {
            if (afterCarriageReturn) {
                at = afterCarriageReturn(block, at);
                continue;
            }
            if (kind == Line.NOT_BEGUN) {
                begin(block[at]);
            }
            int end = kind == Line.SEQUENCE
                    ? handler.letters(block, at, length, line)
                    : passed(block, at, LineEnd.find(block, at, length));
            at = end == length ? end : lineEnded(block, end);
        }
    }

    private int afterCarriageReturn(byte[] block, int at) {
        afterCarriageReturn = false;
        boolean pair = block[at] == '\n';
        note(pair ? FindingClass.CRLF : FindingClass.CR_LINE_END);
        nextLine();
        return pair ? at + 1 : at;
    }

    private int lineEnded(byte[] block, int end) {
        if (block[end] == '\r') {
            afterCarriageReturn = true;
        } else {
            nextLine();
        }
        return end + 1;
    }

    private void begin(byte first) throws IOException {
        kind = switch (first) {
            case '\n', '\r' -> blank();
            case '>' -> header();
            case ';' -> comment();
            default -> inRecord ? Line.SEQUENCE : orphan();
        };
    }

    private Line blank() {
        note(FindingClass.BLANK_LINE);
        return Line.SKIPPED;
    }

    private Line header() throws IOException {
        inRecord = true;
        handler.startRecord(line);
        return Line.HEADER;
    }

    private Line comment() {
        note(FindingClass.COMMENT_LINE);
        return Line.SKIPPED;
    }

    private Line orphan() {
        note(FindingClass.SEQUENCE_BEFORE_HEADER);
        return Line.SKIPPED;
    }

    private int passed(byte[] block, int from, int to) {
        if (kind == Line.HEADER || kind == Line.NAMED_HEADER) {
            handler.header(block, from, to);
            kind = kind == Line.NAMED_HEADER || names(block, from, to) ? Line.NAMED_HEADER : Line.HEADER;
        }
        return to;
    }

    private void nextLine() {
        if (kind == Line.HEADER) {
            note(FindingClass.MISSING_IDENTIFIER);
        }
        kind = Line.NOT_BEGUN;
        line++;
    }

    private void note(FindingClass type) {
        findings.add(type, file, line);
    }

    private static boolean names(byte[] block, int from, int to) {
        for (int i = from; i < to; i++) {
            if (block[i] != '>' && block[i] != ' ' && block[i] != '\t') {
                return true;
            }
        }
        return false;
    }
}
