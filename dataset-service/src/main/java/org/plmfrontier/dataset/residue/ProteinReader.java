package org.plmfrontier.dataset.residue;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.dataset.fasta.FastaHandler;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;

/**
 * Turns the letters of one FASTA file into residue tokens, one protein at a time. {@link FindingClass} says what
 * happens to each kind of byte: codes of the vocabulary are taken (lower case as upper case), other letters and stop
 * marks inside become X, stop marks at the end, gaps, digits and spaces are dropped, anything else sets the record
 * apart. Memory is bounded by the longest record kept. One reader per file; not thread-safe.
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
    public void letters(byte[] block, int from, int to, long line) {
        if (setApart != null || !reserve(to - from, line)) {
            return;
        }
        int at = from;
        while (at < to) {
            byte code = Letters.code(block[at]);
            if (code > 0) {
                settleStops(FindingClass.STOP_INSIDE, true);
                at = takeOneByOne(block, takeEights(block, at, to), to, line);
            } else {
                odd(code, line);
                at++;
            }
        }
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

    /** Takes upper-case residues, eight at a time, up to the first eight that hold anything else. */
    private int takeEights(byte[] block, int from, int to) {
        byte[] target = residues;
        int end = length;
        int at = from;
        for (; to - at >= 8; at += 8, end += 8) {
            byte c0 = Letters.code(block[at]);
            byte c1 = Letters.code(block[at + 1]);
            byte c2 = Letters.code(block[at + 2]);
            byte c3 = Letters.code(block[at + 3]);
            byte c4 = Letters.code(block[at + 4]);
            byte c5 = Letters.code(block[at + 5]);
            byte c6 = Letters.code(block[at + 6]);
            byte c7 = Letters.code(block[at + 7]);
            if (((c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7) & ~Letters.TOKEN) != 0) {
                break;
            }
            target[end] = c0;
            target[end + 1] = c1;
            target[end + 2] = c2;
            target[end + 3] = c3;
            target[end + 4] = c4;
            target[end + 5] = c5;
            target[end + 6] = c6;
            target[end + 7] = c7;
        }
        length = end;
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

    private boolean reserve(int more, long line) {
        long needed = (long) length + pendingStops + more;
        if (needed > LONGEST) {
            spoil(FindingClass.SEQUENCE_TOO_LONG, SetApart.TOO_LONG, line);
            return false;
        }
        if (needed > residues.length) {
            residues = Arrays.copyOf(residues, (int) Math.min(LONGEST, needed + needed / 2));
        }
        return true;
    }

    private void endRecord() throws IOException {
        if (firstHeaderLine == 0) {
            return;
        }
        settleStops(FindingClass.STOP_AT_END, false);
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
        setApart = null;
    }
}
