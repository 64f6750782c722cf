package org.plmfrontier.dataset.fasta;

import java.io.IOException;

/** Receives the structure of one FASTA file in order. The blocks are valid during the call only. */
public interface FastaHandler {
    /**
     * A header starts a record; the record before it, if any, is complete.
     *
     * @param line line of the header, from 1
     */
    void startRecord(long line) throws IOException;

    /**
     * A piece of the header's text, the mark of the first piece included, the line end not.
     *
     * @param block bytes of the file
     * @param from first byte of the piece
     * @param to byte after the last one
     */
    void header(byte[] block, int from, int to);

    /**
     * A piece of a sequence line; a line may come in several pieces. Whoever looks at each letter anyway sees where the
     * line ends, so it is the handler that says.
     *
     * @param block bytes of the file
     * @param from first byte of the piece
     * @param limit byte after the last one of the block
     * @param line line number, from 1
     * @return place of the first LF or CR, or the limit where there is none
     */
    int letters(byte[] block, int from, int limit, long line) throws IOException;

    /** The record that is being read, as a phrase for people; empty before the first. */
    String record();

    /**
     * The file is over.
     *
     * @param cut whether it broke off, so that the last record is not complete
     */
    void endFile(boolean cut) throws IOException;
}
