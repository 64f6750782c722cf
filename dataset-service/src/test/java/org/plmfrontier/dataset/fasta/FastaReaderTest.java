package org.plmfrontier.dataset.fasta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.StrictModeException;
import org.plmfrontier.dataset.residue.ProteinReader;
import org.plmfrontier.dataset.residue.ProteinSink;
import org.plmfrontier.dataset.residue.SetApart;

/** Files as they come, read to proteins. */
class FastaReaderTest {
    private final Findings findings = new Findings(false);

    /** What a file gave. */
    private static final class Records implements ProteinSink {
        private final List<String> proteins = new ArrayList<>();
        private final List<SetApart> setApart = new ArrayList<>();

        @Override
        public void protein(byte[] residues, int length) {
            proteins.add(Sequences.letters(Arrays.copyOf(residues, length)));
        }

        @Override
        public void setApart(SetApart reason) {
            setApart.add(reason);
        }
    }

    @Test
    void plainFilesGiveTheirProteinsWithoutAFinding() {
        assertThat(read(">a first\nMKV\nLL\n>b\nACD").proteins).containsExactly("MKVLL", "ACD");
        assertThat(findings.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CRLF                   | 2 | 1 | >a\\r\\nMK\\r\\n              | MK",
                "CR_LINE_END            | 2 | 1 | >a\\rMK\\r                    | MK",
                "BLANK_LINE             | 2 | 2 | >a\\n\\nMK\\n\\nV             | MKV",
                "COMMENT_LINE           | 1 | 1 | ; text\\n>a\\nMK              | MK",
                "SEQUENCE_BEFORE_HEADER | 2 | 1 | MKV\\nMKV\\n>a\\nACD          | ACD",
                "MISSING_IDENTIFIER     | 2 | 1 | >\\nMK\\n> \\nACD             | MK,ACD",
                "EMPTY_RECORD           | 2 | 1 | >a\\n>b\\nMK\\n>c             | MK",
                "LOWERCASE              | 2 | 2 | >a\\nMkvL                     | MKVL",
                "UNKNOWN_LETTER         | 2 | 2 | >a\\nMJKj                     | MXKX",
                "STOP_AT_END            | 2 | 2 | >a\\nMK**                     | MK",
                "STOP_INSIDE            | 1 | 2 | >a\\nMK*\\nV                  | MKXV",
                "GAP                    | 3 | 2 | >a\\nM-K.-V                   | MKV",
                "DIGIT                  | 2 | 3 | >a\\nMK\\n60 MK               | MKMK",
                "SPACE                  | 2 | 2 | >a\\nMK V L                   | MKVL",
                "ILLEGAL_CHARACTER      | 1 | 2 | >a\\nMK>b\\nMK\\n>c\\nACD     | ACD",
                "NON_ASCII              | 2 | 4 | >a\\nMK\\n>b\\nM\u00e9K       | MK"
            })
    void everyOddityIsCountedWithItsFirstPlaceAndTheRestGoesOn(
            FindingClass type, long count, long line, String file, String proteins) {
        Records records = read(file.replace("\\r", "\r").replace("\\n", "\n"));
        assertThat(records.proteins).containsExactly(proteins.split(","));
        Finding finding = findings.list().stream()
                .filter(one -> one.type() == type)
                .findFirst()
                .orElseThrow();
        assertThat(finding.count()).isEqualTo(count);
        assertThat(finding.first()).hasToString("x.fasta:" + line);
    }

    @Test
    void recordsWithForeignBytesAreSetApartWhole() {
        Records records = read(">a\nMK<html>V\n>b\nMK\n>c\n");
        assertThat(records.proteins).containsExactly("MK");
        assertThat(records.setApart).containsExactly(SetApart.MALFORMED, SetApart.EMPTY);
    }

    @Test
    void anEmptyFileIsAFinding() {
        assertThat(read("").proteins).isEmpty();
        assertThat(findings.count(FindingClass.EMPTY_FILE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {">a\nMK\n\n", ">a\r\nMK", ">a\nMk", ">a\nM1", "MK", ">a\n>b\nM", ">a\nMK*"})
    void strictModeStopsAtTheFirstOddityWithFileAndLine(String file) {
        assertThatThrownBy(() -> read(bytes(file), new Findings(true), Integer.MAX_VALUE))
                .isInstanceOf(StrictModeException.class)
                .hasMessageContaining("x.fasta:");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void theSizeOfABlockChangesNothing(int block) throws IOException {
        String file = "AC\r\n>a x\r\nMKVLLAAG*\r\n\r\n>b\rAC-D\n>\nmk J\n*V\n;c\n>c\n".repeat(9);
        Findings whole = new Findings(false);
        Findings pieces = new Findings(false);
        List<String> expected = read(bytes(file), whole, Integer.MAX_VALUE).proteins;
        assertThat(read(bytes(file), pieces, block).proteins).isEqualTo(expected);
        assertThat(pieces.list()).isEqualTo(whole.list());
        assertThat(expected).hasSize(35).contains("MKVLLAAG", "ACD", "MKXXV", "AC");
    }

    @Test
    void gzipIsRecognisedByContentWithSeveralMembersAndPadding() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(gzip(">a\nMK"));
        file.write(gzip("V\n>b\nACD\n"));
        file.write(new byte[512]);
        assertThat(read(file.toByteArray(), findings, 100).proteins).containsExactly("MKV", "ACD");
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void aTruncatedGzipKeepsWhatIsWholeAndSetsTheCutRecordApart() throws IOException {
        byte[] whole = gzip(">a\nMK\n>b\n" + "ACDEFGHIKL\n".repeat(50) + ">c\nMKV\n");
        Records records = read(Arrays.copyOf(whole, whole.length - 9), findings, 1000);
        assertThat(records.proteins).contains("MK");
        assertThat(records.setApart).containsExactly(SetApart.CUT);
        assertThat(findings.count(FindingClass.TRUNCATED_GZIP)).isEqualTo(1);
    }

    @Test
    void aFlippedBitInAGzipIsFound() throws IOException {
        byte[] whole = gzip(">a\nMK\n>b\nACDEFGHIKL\n");
        whole[whole.length - 6] ^= 1;
        read(whole, findings, 1000);
        assertThat(findings.count(FindingClass.CORRUPT_GZIP)).isEqualTo(1);
    }

    @Test
    void textAfterAGzipMemberIsNoEnd() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(gzip(">a\nMK\n"));
        file.write(bytes(">b\nACD\n"));
        read(file.toByteArray(), findings, 1000);
        assertThat(findings.count(FindingClass.CORRUPT_GZIP)).isEqualTo(1);
    }

    @Test
    void otherCompressionsAreRefusedByName() {
        byte[] zstd = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0};
        assertThatThrownBy(() -> read(zstd, findings, 10)).hasMessageContaining("zstd");
        assertThatThrownBy(() -> read(bytes("BZh9"), findings, 10)).hasMessageContaining("bzip2");
    }

    @Test
    void aSequenceBeyondTheBoundIsSetApartAndTheNextIsRead() {
        String line = "A".repeat(1 << 16) + "\n";
        Records records = read(">a\n" + line.repeat(300) + ">b\nMK\n");
        assertThat(records.proteins).containsExactly("MK");
        assertThat(records.setApart).containsExactly(SetApart.TOO_LONG);
        assertThat(findings.count(FindingClass.SEQUENCE_TOO_LONG)).isEqualTo(1);
    }

    private Records read(String file) {
        try {
            return read(bytes(file), findings, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Records read(byte[] file, Findings findings, int block) throws IOException {
        Records records = new Records();
        InputStream raw = new ByteArrayInputStream(file);
        InputStream text = SequenceFile.open("x.fasta", raw);
        new FastaReader("x.fasta", findings, new ProteinReader("x.fasta", findings, records))
                .read(new Trickle(text, block));
        return records;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(text));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
