package org.plmfrontier.dataset.fasta;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;

/**
 * Splits one FASTA file into headers and sequence lines, in blocks of {@value #BLOCK} bytes whatever the length of a
 * line. Lines end in LF, CR LF or CR; a missing line end after the last line is no oddity. Blanks, form feeds, end marks
 * and byte order marks before a header's mark cost no record; a file that has content and no record is no FASTA. One
 * reader per file; not thread-safe.
 */
public final class FastaReader {
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST_LEAD = 1 << 12;
    private static final int EXCERPT = 40;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private enum Line {
        NOT_BEGUN,
        LED,
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
    private final byte[] lead = new byte[LONGEST_LEAD];
    private int leadLength;
    private @Nullable ByteArrayOutputStream firstOrphan;
    private boolean collecting;
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
     * @throws NotFastaException where it has content and no record
     * @throws IOException where the file cannot be read; a broken compressed file is a finding instead
     */
    public void read(InputStream in) throws IOException {
        byte[] block = new byte[BLOCK];
        @Nullable BrokenCompressionException broken = null;
        try {
            int length = afterByteOrderMark(block, in.readNBytes(block, 0, BYTE_ORDER_MARK.length));
            for (; length >= 0; length = in.read(block)) {
                accept(block, length);
            }
        } catch (BrokenCompressionException e) {
            broken = e;
        }
        finish(broken);
    }

    private int afterByteOrderMark(byte[] block, int length) {
        if (length < BYTE_ORDER_MARK.length || !Arrays.equals(block, 0, length, BYTE_ORDER_MARK, 0, length)) {
            return length;
        }
        note(FindingClass.BYTE_ORDER_MARK);
        return 0;
    }

    private void finish(@Nullable BrokenCompressionException broken) throws IOException {
        if (afterCarriageReturn) {
            note(FindingClass.CR_LINE_END);
        }
        if (kind == Line.HEADER) {
            note(FindingClass.MISSING_IDENTIFIER);
        }
        if (kind == Line.LED) {
            endLead(BYTE_ORDER_MARK, 0, 0);
        }
        boolean cut = broken != null && broken.cuts();
        if (broken != null) {
            String said = broken.getMessage() + (cut && inRecord ? "; " + handler.record() + " is set apart" : "");
            findings.add(broken.type(), new Place(file, line, said));
        }
        if (!inRecord) {
            requireEmpty(broken);
        }
        handler.endFile(cut);
    }

    /** A file without a record is empty, or it is not what it was taken for. */
    private void requireEmpty(@Nullable BrokenCompressionException broken) throws NotFastaException {
        if (broken != null && broken.type() != FindingClass.TRAILING_BYTES) {
            throw new NotFastaException("holds no record: " + broken.getMessage() + "; fetch it again");
        }
        if (firstOrphan != null) {
            throw new NotFastaException("holds no record: no line begins with '>'; it begins with '"
                    + Excerpt.of(firstOrphan.toByteArray(), 0, firstOrphan.size(), EXCERPT)
                    + "'; name a FASTA file");
        }
        note(FindingClass.EMPTY_FILE);
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
            if (kind == Line.LED) {
                at = lead(block, at, length);
                if (at == length || kind == Line.LED) {
                    continue;
                }
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
            case ' ', '\t', 0x0B, '\f', 0, 0x1A, (byte) 0xFF, (byte) 0xEF -> Line.LED;
            default -> inRecord ? Line.SEQUENCE : orphan();
        };
    }

    /** Collects what may stand before a header's mark; the place of what follows it. */
    private int lead(byte[] block, int from, int limit) throws IOException {
        int at = from;
        while (at < limit && mayLead(block[at])) {
            lead[leadLength++] = block[at++];
        }
        if (at < limit || leadLength == LONGEST_LEAD) {
            endLead(block, at, limit);
        }
        return at;
    }

    /** What was collected stands before a header, or is the beginning of a line like any other. */
    private void endLead(byte[] block, int at, int limit) throws IOException {
        if (at < limit && block[at] == '>' && leadIsWhole()) {
            note(FindingClass.LEADING_BYTES);
            kind = header();
        } else if (inRecord) {
            kind = Line.SEQUENCE;
            handler.letters(lead, 0, leadLength, line);
        } else {
            kind = ledOrphan(block, at, limit);
        }
        leadLength = 0;
    }

    private Line ledOrphan(byte[] block, int at, int limit) {
        if (isBlank() && (at == limit || LineEnd.at(block, at))) {
            return blank();
        }
        Line skipped = orphan();
        collect(lead, 0, leadLength);
        return skipped;
    }

    private boolean mayLead(byte value) {
        if (leadLength == LONGEST_LEAD) {
            return false;
        }
        int mark = leadLength == 0 ? 0 : markLength();
        return switch (value) {
            case ' ', '\t', 0x0B, '\f', 0, 0x1A, (byte) 0xFF -> mark == 0;
            default -> value == BYTE_ORDER_MARK[mark];
        };
    }

    /** How much of a byte order mark the lead ends in: 0 where it is whole or there is none. */
    private int markLength() {
        byte last = lead[leadLength - 1];
        return last == BYTE_ORDER_MARK[0] ? 1 : last == BYTE_ORDER_MARK[1] ? 2 : 0;
    }

    private boolean leadIsWhole() {
        return leadLength > 0 && markLength() == 0;
    }

    private boolean isBlank() {
        for (int i = 0; i < leadLength; i++) {
            if (lead[i] != ' ' && lead[i] != '\t' && lead[i] != 0x0B && lead[i] != '\f' && lead[i] != 0x1A) {
                return false;
            }
        }
        return true;
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
        collecting = firstOrphan == null;
        firstOrphan = collecting ? new ByteArrayOutputStream() : firstOrphan;
        return Line.SKIPPED;
    }

    /** Keeps the beginning of the first line that is no part of a record, for the message where none follows. */
    private void collect(byte[] block, int from, int to) {
        if (collecting && firstOrphan != null) {
            firstOrphan.write(block, from, Math.min(to - from, EXCERPT + 1 - firstOrphan.size()));
        }
    }

    private int passed(byte[] block, int from, int to) {
        collect(block, from, to);
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
        collecting = false;
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
