package org.plmfrontier.dataset.fasta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.finding.StrictModeException;
import org.plmfrontier.dataset.residue.SetApart;

/** Files as they come, read to proteins. */
class FastaReaderTest {
    private final Findings findings = new Findings(false);

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
                "ILLEGAL_CHARACTER      | 1 | 2 | >a\\nMK<b\\nMK\\n>c\\nACD     | ACD",
                "HEADER_INSIDE_LINE     | 1 | 2 | >a\\nMK>b\\nMK\\n>c\\nACD     | ACD",
                "BYTE_ORDER_MARK        | 1 | 1 | \uFEFF>a\\nMK               | MK",
                "NON_ASCII              | 1 | 4 | >a\\nMK\\n>b\\nM\u00e9K       | MK"
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
        assertThatThrownBy(() -> read(
                        bytes(file.replace("\\r", "\r").replace("\\n", "\n")), new Findings(true), Integer.MAX_VALUE))
                .isInstanceOf(StrictModeException.class)
                .hasMessage("strict mode: " + type + " at x.fasta:" + line);
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

    /** Two short lines and the end between them are as wide as a usual one. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void linesThatAreTakenAtOnceGiveWhatTheyGiveByteByByte(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int[] widths = {60, 60, 60, 60, 29, 30, 16, 15, 1, 0};
        StringBuilder file = new StringBuilder();
        for (int line = 0; line < 3000; line++) {
            if (line % 7 == 0) {
                file.append(">p").append(line).append('\n');
            }
            for (int at = widths[random.nextInt(widths.length)]; at > 0; at--) {
                String letters = random.nextInt(300) == 0 ? "*-Jjk1 >" : "ACDEFGHIKLMNPQRSTVWY";
                file.append(letters.charAt(random.nextInt(letters.length())));
            }
            file.append('\n');
        }
        Findings atOnce = new Findings(false);
        Findings byteByByte = new Findings(false);
        Records records = read(bytes(file.toString()), atOnce, Integer.MAX_VALUE);
        Records expected = read(bytes(file.toString()), byteByByte, 1);
        assertThat(records.proteins).hasSizeGreaterThan(300).isEqualTo(expected.proteins);
        assertThat(records.setApart).isNotEmpty().isEqualTo(expected.setApart);
        assertThat(atOnce.list()).isNotEmpty().isEqualTo(byteByByte.list());
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
    void archivesThatCannotBeReadAreRefusedByName() {
        byte[] zip = {'P', 'K', 3, 4, 0};
        assertThatThrownBy(() -> read(zip, findings, 10))
                .isInstanceOf(NotFastaException.class)
                .hasMessage("looks like a zip archive, not like FASTA; unpack it and name the FASTA files inside");
    }

    @Test
    void zstdAndBzip2AreRecognisedByContentWithSeveralMembers() throws IOException {
        for (Compressor compressor : List.of(Compressor.ZSTD, Compressor.BZIP2)) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(compressor.compress(bytes(">a\nMK")));
            file.write(compressor.compress(bytes("V\n>b\nACD\n")));
            assertThat(read(file.toByteArray(), findings, 100).proteins).containsExactly("MKV", "ACD");
        }
        assertThat(findings.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GZIP, TRUNCATED_GZIP, true",
        "GZIP, CORRUPT_GZIP, false",
        "ZSTD, BROKEN_ZSTD, true",
        "ZSTD, BROKEN_ZSTD, false",
        "BZIP2, BROKEN_BZIP2, true",
        "BZIP2, BROKEN_BZIP2, false"
    })
    void aBrokenArchiveIsNamedWithFileAndPlaceAndTheCutRecordIsSetApart(
            Compressor compressor, FindingClass type, boolean truncated) throws IOException {
        byte[] file = compressor.compress(bytes(text(20_000)));
        byte[] broken = truncated ? Arrays.copyOf(file, file.length / 2) : file.clone();
        if (!truncated) {
            broken[file.length / 2] ^= 64;
        }
        Records records = read(broken, findings, 1 << 16);
        assertThat(findings.count(type)).isEqualTo(1);
        Finding finding = findings.list().stream()
                .filter(one -> one.type() == type)
                .findFirst()
                .orElseThrow();
        assertThat(finding.first().file()).isEqualTo("x.fasta");
        assertThat(finding.first().line()).isPositive();
        assertThat(records.proteins).hasSizeBetween(1, 20_000);
        assertThatThrownBy(() -> read(broken, new Findings(true), 1 << 16))
                .isInstanceOf(StrictModeException.class)
                .hasMessageContaining(" at x.fasta:");
    }

    @ParameterizedTest
    @EnumSource(Compressor.class)
    void aCompressionBombEndsTheFileBeforeItFillsTheDisk(Compressor compressor) throws IOException {
        byte[] bomb = compressor.compress(bytes((">a\n" + "A".repeat(1000) + "\n").repeat(60_000)));
        Records records = read(bomb, findings, 1 << 16);
        assertThat(findings.count(FindingClass.COMPRESSION_BOMB)).isEqualTo(1);
        assertThat(records.proteins.size()).isLessThan(40_000);
        assertThat(records.setApart).endsWith(SetApart.CUT);
    }

    @Test
    void aNucleotideFileIsReadAndSaidToLookLikeDna() {
        Records records = read(">gene\n" + "ACGTTGCAAN".repeat(20) + "\n");
        assertThat(records.proteins).hasSize(1);
        assertThat(findings.list()).hasSize(1);
        assertThat(findings.list().getFirst())
                .isEqualTo(new Finding(FindingClass.LOOKS_LIKE_DNA, 1, new Place("x.fasta", 1)));
        assertThatThrownBy(() -> read(bytes(">g\n" + "ACGT".repeat(50)), new Findings(true), 100))
                .hasMessage("strict mode: LOOKS_LIKE_DNA at x.fasta:1");
    }

    @Test
    void aProteinFileDoesNotLookLikeDna() {
        read(">a\n" + "MKVLAACGTTNGDEFHIKLPQRSTVWY".repeat(20) + "\n");
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void tenMillionResiduesAreOneProteinWhateverTheLineLength() throws IOException {
        byte[] file = bytes(">titan\n" + "ACDEFGHIKL".repeat(1_000_000) + "\n>b\nMK\n");
        Records records = read(file, findings, 1 << 16);
        assertThat(records.proteins).hasSize(2);
        assertThat(records.proteins.getFirst()).hasSize(10_000_000);
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void theIdentifierIsTheFirstWordOfTheHeader() {
        assertThat(read(">sp|P1|A_B  text >x\nMK\n>\tb\nMK\n> c d\nMK\n>\nMK\n").identifiers)
                .containsExactly("sp|P1|A_B", "b", "c", "");
    }

    @Test
    void upperAndLowerCaseResiduesKeepTheirPlacesInLongLines() {
        String upper = "ACDEFGHIKLMNPQRSTVWYBUOZX".repeat(7);
        String mixed = upper.substring(0, 61) + upper.substring(61, 90).toLowerCase(Locale.ROOT) + upper.substring(90);
        assertThat(read(">a\n" + mixed + "\n").proteins).containsExactly(upper);
        assertThat(findings.count(FindingClass.LOWERCASE)).isEqualTo(29);
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
        return Records.read(file, findings, block);
    }

    private static byte[] gzip(String text) throws IOException {
        return Compressor.GZIP.compress(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Proteins that compress badly. */
    private static String text(int proteins) {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < proteins; i++) {
            text.append(">p").append(i).append('\n');
            for (int k = 0; k < 100; k++) {
                text.append("ACDEFGHIKLMNPQRSTVWY".charAt(random.nextInt(20)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
