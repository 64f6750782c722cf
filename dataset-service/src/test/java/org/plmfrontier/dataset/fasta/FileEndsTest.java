package org.plmfrontier.dataset.fasta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Findings;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.residue.SetApart;

/** Where files end, are cut, or are padded: whole records count, cut ones are named. */
class FileEndsTest {
    private static final String FASTA = ">one\nMKVLAAGDE\n>two\nLLKDER\nACDEFG\n>three\nWWYVK\n";
    private static final String[] PROTEINS = {"MKVLAAGDE", "LLKDERACDEFG", "WWYVK"};

    private final Findings findings = new Findings(false);

    @Test
    void aBgzfFileWithItsEndBlockIsWholeAlsoWhereTwoAreJoined() throws IOException {
        byte[] joined = join(blocks(FASTA.substring(0, 20), 7), endBlock(), blocks(FASTA.substring(20), 7), endBlock());
        assertThat(Records.read(joined, findings, 5).proteins).containsExactly(PROTEINS);
        assertThat(findings.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 27, 34})
    void aBgzfFileThatIsCutBetweenTwoBlocksIsTruncatedAndTheCutRecordNamed(int length) throws IOException {
        Records records = Records.read(blocks(FASTA.substring(0, length), 7), findings, 100);
        assertThat(records.proteins).containsExactly("MKVLAAGDE");
        assertThat(records.setApart).containsExactly(SetApart.CUT);
        assertThat(place(FindingClass.TRUNCATED_GZIP).detail())
                .isEqualTo("the BGZF file has no end block: it is cut; record 'two' of line 3 is set apart");
    }

    @Test
    void aBgzfFileThatIsCutInTheNextBlocksMagicIsTruncated() throws IOException {
        byte[] cut = join(blocks(FASTA.substring(0, 21), 7), new byte[] {0x1F});
        assertThat(Records.read(cut, findings, 100).setApart).containsExactly(SetApart.CUT);
        assertThat(findings.count(FindingClass.TRUNCATED_GZIP)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Compressor.class)
    void paddingAfterACompressedFileCostsNoRecord(Compressor compressor) throws IOException {
        for (String padding : List.of("\r\n", "\u001A", "\0\0\n", "  \n\n")) {
            Findings found = new Findings(false);
            byte[] file = join(compressor.compress(bytes(FASTA)), bytes(padding));
            assertThat(Records.read(file, found, 1000).proteins).containsExactly(PROTEINS);
            assertThat(found.list()).hasSize(1).first().matches(one -> one.type() == FindingClass.TRAILING_BYTES);
        }
        byte[] zeros = join(compressor.compress(bytes(FASTA)), new byte[700]);
        assertThat(Records.read(zeros, findings, 1000).proteins).containsExactly(PROTEINS);
        assertThat(findings.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GZIP, CORRUPT_GZIP", "ZSTD, BROKEN_ZSTD", "BZIP2, BROKEN_BZIP2"})
    void otherBytesAfterACompressedFileAreSaidAndCostNoRecord(Compressor compressor, FindingClass type)
            throws IOException {
        byte[] file = join(compressor.compress(bytes(FASTA)), bytes("signature: none"));
        assertThat(Records.read(file, findings, 1000).proteins).containsExactly(PROTEINS);
        assertThat(place(type).detail()).startsWith("15 bytes after the last ").endsWith(" and are not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001A",
                "\u001A\u001A\u001A\r\n",
                "\0\0\0",
                "\0\n\0",
                " \u001A",
                "\n\n\u001A\n",
                "\u00FF\u00FF\u00FF\u00FF"
            })
    void endMarksAndPaddingAfterTheLastRecordCostNothing(String end) throws IOException {
        for (String text : List.of(FASTA, FASTA.stripTrailing())) {
            Findings found = new Findings(false);
            byte[] file = (text + end).getBytes(StandardCharsets.ISO_8859_1);
            for (int block : new int[] {1, 3, 1000}) {
                assertThat(Records.read(file, found, block).proteins).containsExactly(PROTEINS);
            }
            assertThat(found.count(FindingClass.TRAILING_BYTES)).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\f", "  ", "\t", "\uFEFF", "\u001A", "\0\0\0", "\f \uFEFF", "\u000B"})
    void whatStandsBeforeAHeadersMarkCostsNoRecord(String lead) throws IOException {
        for (int block : new int[] {1, 2, 1000}) {
            Findings found = new Findings(false);
            Records records = Records.read(bytes(FASTA.replace(">t", lead + ">t")), found, block);
            assertThat(records.proteins).containsExactly(PROTEINS);
            assertThat(records.identifiers).containsExactly("one", "two", "three");
            assertThat(found.count(FindingClass.LEADING_BYTES)).isEqualTo(2);
        }
    }

    @Test
    void anEndMarkInsideASequenceStillSetsTheRecordApart() throws IOException {
        Records records = Records.read(bytes(">a\nMK\0\nVL\n>b\nMK\u001AV\n>c\nACD\n"), findings, 100);
        assertThat(records.proteins).containsExactly("ACD");
        assertThat(records.setApart).containsExactly(SetApart.MALFORMED, SetApart.MALFORMED);
        assertThat(place(FindingClass.ILLEGAL_CHARACTER)).hasToString("x.fasta:2");
    }

    @Test
    void aFormFeedWithinASequenceIsABlank() throws IOException {
        assertThat(Records.read(bytes(">a\nMKV\n\fLLA\n"), findings, 100).proteins)
                .containsExactly("MKVLLA");
        assertThat(findings.count(FindingClass.SPACE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", " \n\t\n", "\uFEFF", "; nothing yet\n"})
    void aFileWithoutContentIsEmptyAndNoFailure(String text) throws IOException {
        assertThat(Records.read(bytes(text), findings, 100).proteins).isEmpty();
        assertThat(findings.count(FindingClass.EMPTY_FILE)).isEqualTo(1);
    }

    @Test
    void skippableFramesOfZstdAreNoText() throws IOException {
        byte[] half = Compressor.ZSTD.compress(bytes(FASTA.substring(0, 20)));
        byte[] rest = Compressor.ZSTD.compress(bytes(FASTA.substring(20)));
        byte[] first = skippable(0x50, ByteBuffer.allocate(4).array());
        byte[] index = skippable(0x5E, new byte[40]);
        byte[] file = join(first, half, skippable(0x57, new byte[0]), rest, index);
        assertThat(Records.read(file, findings, 100).proteins).containsExactly(PROTEINS);
        assertThat(findings.list()).isEmpty();
        byte[] cut = join(first, half, first);
        assertThat(Records.read(cut, findings, 100).setApart).containsExactly(SetApart.CUT);
        assertThat(place(FindingClass.BROKEN_ZSTD).detail()).startsWith("the zstd file ends too early; record 'two'");
    }

    @Test
    void skippableFramesOfLz4AreNotTakenForZstd() {
        byte[] lz4 = join(skippable(0x53, new byte[3]), HexFormat.of().parseHex("04224D18644070"));
        assertThatThrownBy(() -> Records.read(lz4, findings, 100))
                .isInstanceOf(NotFastaException.class)
                .hasMessageContaining("it may be lz4");
    }

    @Test
    void aZstdFrameWithALargerWindowThanIsReadIsRefusedAndTheLargestIsRead() throws IOException {
        assertThat(Records.read(frame(17, FASTA), findings, 100).proteins).containsExactly(PROTEINS);
        assertThatThrownBy(() -> Records.read(frame(20, FASTA), findings, 100))
                .isInstanceOf(NotFastaException.class)
                .hasMessageStartingWith("is compressed by zstd with a window of 1024 MiB, above the 128 MiB")
                .hasMessageContaining("--long");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 9, 14, 30})
    void aZstdFileThatIsCutAnywhereInItsSecondFrameIsBroken(int kept) throws IOException {
        byte[] second = Compressor.ZSTD.compress(bytes(FASTA.substring(20)));
        byte[] file = join(Compressor.ZSTD.compress(bytes(FASTA.substring(0, 20))), Arrays.copyOf(second, kept));
        Records records = Records.read(file, findings, 100);
        assertThat(records.proteins).startsWith("MKVLAAGDE").hasSizeLessThan(PROTEINS.length);
        assertThat(records.setApart).containsExactly(SetApart.CUT);
        assertThat(findings.count(FindingClass.BROKEN_ZSTD)).isEqualTo(1);
    }

    private Place place(FindingClass type) {
        return findings.list().stream()
                .filter(one -> one.type() == type)
                .findFirst()
                .orElseThrow()
                .first();
    }

    /** A zstd frame of one raw block (RFC 8878, 3.1.1) whose window is 2 to the 10th and this power. */
    private static byte[] frame(int exponent, String text) {
        int block = text.length() << 3 | 1;
        byte[] header = {
            0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) (exponent << 3), (byte) block, (byte) (block >> 8), 0
        };
        return join(header, bytes(text));
    }

    private static byte[] skippable(int first, byte[] content) {
        byte[] header = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x184D2A00 | first)
                .putInt(content.length)
                .array();
        return join(header, content);
    }

    private static byte[] endBlock() {
        return block(new byte[0]);
    }

    private static byte[] blocks(String text, int length) {
        byte[] all = {};
        for (int at = 0; at < text.length(); at += length) {
            all = join(all, block(bytes(text.substring(at, Math.min(text.length(), at + length)))));
        }
        return all;
    }

    /** One block of BGZF (SAM specification, 4.1). */
    private static byte[] block(byte[] text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(text);
        deflater.finish();
        byte[] data = new byte[text.length + 20];
        int length = deflater.deflate(data);
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(text);
        return ByteBuffer.allocate(length + 26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HexFormat.of().parseHex("1F8B08040000000000FF060042430200"))
                .putShort((short) (length + 25))
                .put(data, 0, length)
                .putInt((int) crc.getValue())
                .putInt(text.length)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
