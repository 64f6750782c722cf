package org.plmfrontier.dataset.fasta;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.residue.Header;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;

/** What a file gave. */
final class Records implements ProteinSink {
    final List<String> proteins = new ArrayList<>();
    final List<String> identifiers = new ArrayList<>();
    final List<SetApart> setApart = new ArrayList<>();

    /**
     * Opens a file by its content and reads it under the name x.fasta.
     *
     * @param block most bytes that a read of the text gives
     */
    static Records read(byte[] file, Findings findings, int block) throws IOException {
        Records records = new Records();
        InputStream text = Tools.FILES.open(new ByteArrayInputStream(file));
        new FastaReader("x.fasta", findings, new ProteinReader("x.fasta", findings, records))
                .read(new Trickle(text, block));
        return records;
    }

    @Override
    public void protein(Header header, byte[] residues, int length) {
        identifiers.add(header.identifier());
        proteins.add(Sequences.letters(Arrays.copyOf(residues, length)));
    }

    @Override
    public void setApart(Header header, SetApart reason) {
        setApart.add(reason);
    }

    /** A stream that gives a few bytes at a time. */
    private static final class Trickle extends InputStream {
        private final InputStream in;
        private final int most;

        Trickle(InputStream in, int most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, Math.min(length, most));
        }
    }
}
