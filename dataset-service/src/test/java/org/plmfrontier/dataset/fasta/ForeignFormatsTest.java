package org.plmfrontier.dataset.fasta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.finding.Findings;

/** Files that are no FASTA, alone and compressed: what is said of them. */
class ForeignFormatsTest {
    private static final String FASTA = ">one\nMKVLAAGDE\n>two\nLLKDERACD\n";

    @ParameterizedTest
    @CsvSource({
        "504B0304140000000800, a zip archive",
        "504B0506000000000000, an empty zip archive",
        "377ABCAF271C0004, a 7z archive",
        "526172211A0701003392, a RAR archive",
        "FD377A585A000004E6D6, xz",
        "5D00008000FFFFFFFF, lzma",
        "4C5A49500114, lzip",
        "04224D18644070, lz4",
        "02214C1810000000, lz4 (legacy)",
        "1F9D903E6F, compress (.Z)",
        "789C4B4CCB, zlib",
        "27B52FFD00, zstd of a version before 0.8",
        "4352414D0300, CRAM alignments",
        "894844460D0A1A0A, an HDF5 file",
        "50415231150415, a Parquet table",
        "255044462D312E37, a PDF document",
        "7B5C727466312020, a rich text document",
        "53514C69746520666F726D6174203300, an SQLite database"
    })
    void packedAndBinaryFilesAreNamed(String bytes, String name) {
        refused(HexFormat.of().parseHex(bytes), "looks like " + name + ", not like FASTA; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@read1 lane\\nACGTACGT\\n+\\nIIIIHHHH\\n            | FASTQ",
                "@SQ\\tSN:chr1\\tLN:10\\n                          | SAM alignments",
                "\\n\\n<HTML lang=en>\\n>not found                   | HTML",
                "<!DOCTYPE html PUBLIC><p>404                     | HTML",
                "<?xml version='1.0'?>\\n<entry/>                  | XML",
                "{\\n  \"status\": 404 }                             | JSON",
                "[{\"accession\":\"P1\"}]                            | JSON",
                "version https://git-lfs.github.com/spec/v1\\noid | a Git LFS pointer",
                "LOCUS       NP_000001    12 aa   linear\\n      | GenBank",
                "ID   TEST_HUMAN   Reviewed;   12 AA.\\nAC   P0;\\n | EMBL or Swiss-Prot",
                "# STOCKHOLM 1.0\\nseq1  MKV\\n//                  | a Stockholm alignment",
                "CLUSTAL O(1.2.4) multiple sequence alignment\\n   | a Clustal alignment",
                "\\n x.msf  MSF: 40  Type: P  Check: 77 ..\\n       | an MSF alignment",
                "!!AA_MULTIPLE_ALIGNMENT 1.0\\n                   | an MSF alignment",
                "  3 120\\nturtle    MKVLA\\n                       | a PHYLIP alignment",
                "#nexus\\nbegin data;\\n                           | a NEXUS or MEGA alignment",
                ">P1;HBA_TEST\\nHemoglobin alpha, made up\\nMKVLA*\\n | NBRF/PIR",
                ">F1;FRAG\\r\\n\\r\\nMKVLA\\r\\nGDE*\\r\\n>F1;B\\r\\n       | NBRF/PIR",
                "##gff-version 3\\nctg\\t.\\tCDS\\n                     | GFF annotations"
            })
    void textOfOtherFormatsIsNamedPlainAndCompressed(String text, String name) throws IOException {
        byte[] file =
                bytes(text.strip().replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
        refused(file, "looks like " + name + ", not like FASTA; ");
        refused(Compressor.ZSTD.compress(file), "looks like " + name + " inside zstd, not like FASTA; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void wideTextIsNamedWithAndWithoutAMark(String charset) {
        Charset wide = Charset.forName(charset);
        refused(
                FASTA.getBytes(wide),
                "looks like text in " + charset + ", not like FASTA; write it as UTF-8: iconv -f ");
        refused(("\uFEFF" + FASTA).getBytes(wide), "looks like text in " + charset.substring(0, 6));
    }

    @ParameterizedTest
    @EnumSource(Compressor.class)
    void archivesInsideACompressedFileAreNamedWithTheirFirstMember(Compressor compressor) throws IOException {
        byte[] archive = tar("sets/first.fasta", FASTA);
        refused(archive, "looks like a tar archive (first member sets/first.fasta), not like FASTA; unpack it");
        refused(compressor.compress(archive), "looks like a tar archive (first member sets/first.fasta) inside ");
        byte[] old = archive.clone();
        Arrays.fill(old, 257, 265, (byte) 0);
        checksum(old);
        refused(old, "looks like a tar archive (first member sets/first.fasta), not");
    }

    @Test
    void aFileThatIsCompressedTwiceIsRefused() throws IOException {
        byte[] twice = Compressor.BZIP2.compress(Compressor.GZIP.compress(bytes(FASTA)));
        refused(twice, "is compressed twice (gzip inside bzip2); decompress it once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accession;sequence\nP1;MKV\n", "MKVLAAG\nLLK\n", "\0\0\0\0\0\0"})
    void contentWithoutARecordIsNoFastaAndItsBeginningIsSaid(String text) {
        String first = text.split("\n", 2)[0].replace('\0', '?');
        refused(bytes(text), "holds no record: no line begins with '>'; it begins with '" + first + "'; name a FASTA");
    }

    @Test
    void aFileThatBreaksBeforeItsFirstRecordIsNoFasta() throws IOException {
        byte[] cut = Arrays.copyOf(Compressor.GZIP.compress(bytes(FASTA)), 12);
        refused(cut, "holds no record: the gzip stream ends too early; fetch it again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ">P1;size=12;\nMKVLAAG\nLLKDE*\n",
                "@ made by hand\n>a\nMKV\n",
                "# a comment\n>a\nMKV\n",
                ">LOCUS x\nMKV\n",
                ">a [{\"json\": 1}]\nMKV\n"
            })
    void whatOnlyResemblesAnotherFormatIsRead(String text) throws IOException {
        assertThat(Records.read(bytes(text), new Findings(false), 100).proteins).hasSize(1);
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> Records.read(file, new Findings(false), 1000))
                .isInstanceOf(NotFastaException.class)
                .hasMessageStartingWith(message);
    }

    private static byte[] tar(String name, String text) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(archive)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(text.length());
            out.putArchiveEntry(entry);
            out.write(bytes(text));
            out.closeArchiveEntry();
        }
        return archive.toByteArray();
    }

    private static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xFF;
        }
        byte[] octal = bytes("%06o\0 ".formatted(sum));
        System.arraycopy(octal, 0, header, 148, octal.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
