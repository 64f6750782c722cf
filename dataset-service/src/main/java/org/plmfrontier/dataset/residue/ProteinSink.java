package org.plmfrontier.dataset.residue;

import java.io.IOException;

/** Receives the records of a file in order. */
public interface ProteinSink {
    /**
     * A whole protein.
     *
     * @param header reused after the call
     * @param residues residue tokens; the array is reused after the call
     * @param length number of residues, at least 1
     */
    void protein(Header header, byte[] residues, int length) throws IOException;

    /**
     * A record that is no protein.
     *
     * @param header reused after the call
     */
    void setApart(Header header, SetApart reason) throws IOException;
}
