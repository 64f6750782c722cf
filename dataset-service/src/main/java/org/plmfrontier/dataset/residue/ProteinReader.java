package org.plmfrontier.dataset.residue;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.fasta.FastaHandler;
import org.plmfrontier.dataset.fasta.LineEnd;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;

/**
 * Turns the letters of one FASTA file into residue tokens, one protein at a time. {@link FindingClass} says what
 * happens to each kind of byte: codes of the vocabulary are taken (lower case as upper case), other letters and stop
 * marks inside become X, stop marks at the end, gaps, digits, spaces and what pads a file (NUL, 0x1A, 0xFF) are dropped,
 * anything else sets the record apart. Memory is bounded by twice the longest record kept. One reader per file; not thread-safe.
 */
public final class ProteinReader implements FastaHandler {
    /** Residues of the longest record that is read, far above any protein. */
    public static final int LONGEST = 1 << 24;

    private static final byte X = (byte) Vocabulary.idOf('X');

    private final String file;
    private final Findings findings;
    private final ProteinSink sink;
    private byte[] residues = new byte[1 << 12];
    private int length;
    private int pendingStops;
    private long pendingStopLine;
    private long pendingMarks;
    private long pendingMarkLine;
    private final Header header = new Header();
    private final NucleotideShare nucleotides = new NucleotideShare();
    private long firstHeaderLine;
    private @Nullable SetApart setApart;

    public ProteinReader(String file, Findings findings, ProteinSink sink) {
        this.file = file;
        this.findings = findings;
        this.sink = sink;
    }

    @Override
    public void startRecord(long line) throws IOException {
        endRecord();
        header.start(line);
        firstHeaderLine = firstHeaderLine == 0 ? line : firstHeaderLine;
    }

    @Override
    public void header(byte[] block, int from, int to) {
        header.take(block, from, to);
    }

    @Override
    public int letters(byte[] block, int from, int limit, long line) {
        reserve(limit - from);
        int at = from;
        if (setApart == null) {
            at = takeUpperCase(block, from, limit);
            if (at == limit || !LineEnd.at(block, at)) {
                at = takeAny(block, at, limit, line);
            }
            if ((long) length + pendingStops > LONGEST) {
                spoil(FindingClass.SEQUENCE_TOO_LONG, SetApart.TOO_LONG, line);
            }
        }
        return at < limit && LineEnd.at(block, at) ? at : LineEnd.find(block, at, limit);
    }

    @Override
    public String record() {
        return firstHeaderLine == 0 ? "" : "record '" + header.identifier() + "' of line " + header.line();
    }

    @Override
    public void endFile(boolean cut) throws IOException {
        if (cut && firstHeaderLine > 0) {
            setApart = SetApart.CUT;
        }
        endRecord();
        if (nucleotides.looksLikeDna()) {
            findings.add(FindingClass.LOOKS_LIKE_DNA, file, firstHeaderLine);
        }
    }

    /**
     * Takes upper-case residues, eight at a time, up to the first byte that is none or the last seven
     * of the block; nothing while a stop mark or an end mark waits.
     */
    private int takeUpperCase(byte[] block, int from, int limit) {
        if (pendingStops > 0 || pendingMarks > 0) {
            return from;
        }
        byte[] target = residues;
        int shift = length - from;
        int at = from;
        while (limit - at >= 2 * Long.BYTES) {
            long first = Letters.eightCodes(block, at);
            long second = Letters.eightCodes(block, at + Long.BYTES);
            Letters.store(first, target, at + shift);
            Letters.store(second, target, at + shift + Long.BYTES);
            if (((first | second) & Letters.NO_UPPER_CASE_RESIDUES) != 0) {
                at += Letters.residues(first);
                at += Letters.residues(first) < Long.BYTES ? 0 : Letters.residues(second);
                break;
            }
            at += 2 * Long.BYTES;
        }
        length = at + shift;
        return at;
    }

    /** Takes what is no line of upper-case residues; the place of the line's end, or of what sets the record apart. */
    private int takeAny(byte[] block, int from, int limit, long line) {
        int at = from;
        while (at < limit && setApart == null) {
            byte code = Letters.code(block[at]);
            if (pendingMarks > 0 && code != Letters.SPACE && code != Letters.END_MARK && code != Letters.LINE_END) {
                spoil(FindingClass.ILLEGAL_CHARACTER, SetApart.MALFORMED, pendingMarkLine);
            } else if (code > 0) {
                settleStops(FindingClass.STOP_INSIDE, true);
                at = takeOneByOne(block, at, limit, line);
                at = takeUpperCase(block, at, limit);
            } else if (code == Letters.LINE_END) {
                break;
            } else {
                odd(code, line);
                at++;
            }
        }
        return at;
    }

    /** Takes residues of both cases up to the first byte that is none. */
    private int takeOneByOne(byte[] block, int from, int to, long line) {
        int at = from;
        int end = length;
        int lowercase = 0;
        byte code;
        while (at < to && (code = Letters.code(block[at])) > 0) {
            residues[end++] = (byte) (code & Letters.TOKEN);
            lowercase += code / Letters.LOWERCASE;
            at++;
        }
        length = end;
        if (lowercase > 0) {
            findings.add(FindingClass.LOWERCASE, file, line, lowercase);
        }
        return at;
    }

    private void odd(byte code, long line) {
        switch (code) {
            case Letters.UNKNOWN -> {
                findings.add(FindingClass.UNKNOWN_LETTER, file, line);
                append(X);
            }
            case Letters.STOP -> {
                pendingStopLine = pendingStops++ == 0 ? line : pendingStopLine;
            }
            case Letters.END_MARK -> {
                pendingMarkLine = pendingMarks++ == 0 ? line : pendingMarkLine;
            }
            case Letters.GAP -> findings.add(FindingClass.GAP, file, line);
            case Letters.DIGIT -> findings.add(FindingClass.DIGIT, file, line);
            case Letters.SPACE -> findings.add(FindingClass.SPACE, file, line);
            case Letters.ILLEGAL -> spoil(FindingClass.ILLEGAL_CHARACTER, SetApart.MALFORMED, line);
            case Letters.HEADER_MARK -> spoil(FindingClass.HEADER_INSIDE_LINE, SetApart.MALFORMED, line);
            case Letters.NON_ASCII -> spoil(FindingClass.NON_ASCII, SetApart.MALFORMED, line);
            default -> throw new IllegalStateException("no rule for code " + code);
        }
    }

    private void append(byte residue) {
        settleStops(FindingClass.STOP_INSIDE, true);
        residues[length++] = residue;
    }

    private void settleStops(FindingClass type, boolean keep) {
        for (; pendingStops > 0; pendingStops--) {
            findings.add(type, file, pendingStopLine);
            if (keep) {
                residues[length++] = X;
            }
        }
    }

    private void spoil(FindingClass type, SetApart reason, long line) {
        findings.add(type, file, line);
        setApart = reason;
    }

    /** Room for as many letters, what stop marks before them may become, and the rest of the last eight. */
    private void reserve(int more) {
        int needed = length + pendingStops + more + Long.BYTES;
        if (needed > residues.length) {
            residues = Arrays.copyOf(residues, needed + needed / 2);
        }
    }

    private void endRecord() throws IOException {
        if (firstHeaderLine == 0) {
            return;
        }
        settleStops(FindingClass.STOP_AT_END, false);
        if (pendingMarks > 0 && setApart == null) {
            findings.add(FindingClass.TRAILING_BYTES, file, pendingMarkLine, pendingMarks);
        }
        if (setApart != null) {
            sink.setApart(header, setApart);
        } else if (length == 0) {
            findings.add(FindingClass.EMPTY_RECORD, file, header.line());
            sink.setApart(header, SetApart.EMPTY);
        } else {
            nucleotides.add(residues, length);
            sink.protein(header, residues, length);
        }
        length = 0;
        pendingStops = 0;
        pendingMarks = 0;
        setApart = null;
    }
}
