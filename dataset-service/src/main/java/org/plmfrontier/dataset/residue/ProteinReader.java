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
    private long headerLine;
    private @Nullable SetApart setApart;

    public ProteinReader(String file, Findings findings, ProteinSink sink) {
        this.file = file;
        this.findings = findings;
        this.sink = sink;
    }

    @Override
    public void startRecord(long line) throws IOException {
        endRecord();
        headerLine = line;
    }

    @Override
    public void letters(byte[] block, int from, int to, long line) {
        if (setApart != null || !reserve(to - from, line)) {
            return;
        }
        int at = from;
        while (at < to) {
            byte code = Letters.code(block[at]);
            if (code > 0 && pendingStops == 0) {
                at = take(block, at, to);
            } else {
                odd(code, line);
                at++;
            }
        }
    }

    @Override
    public void endFile(boolean cut) throws IOException {
        if (cut && headerLine > 0) {
            setApart = SetApart.CUT;
        }
        endRecord();
    }

    private int take(byte[] block, int from, int to) {
        int at = from;
        int end = length;
        byte code = 1;
        while (at < to && (code = Letters.code(block[at])) > 0) {
            residues[end++] = code;
            at++;
        }
        length = end;
        return at;
    }

    private void odd(byte code, long line) {
        if (code <= Letters.LOWERCASE) {
            findings.add(FindingClass.LOWERCASE, file, line);
            append((byte) (Letters.LOWERCASE - code));
            return;
        }
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
            case Letters.NON_ASCII -> spoil(FindingClass.NON_ASCII, SetApart.MALFORMED, line);
            default -> append(code);
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
        if (headerLine == 0) {
            return;
        }
        settleStops(FindingClass.STOP_AT_END, false);
        if (setApart != null) {
            sink.setApart(setApart);
        } else if (length == 0) {
            findings.add(FindingClass.EMPTY_RECORD, file, headerLine);
            sink.setApart(SetApart.EMPTY);
        } else {
            sink.protein(residues, length);
        }
        length = 0;
        pendingStops = 0;
        setApart = null;
    }
}
