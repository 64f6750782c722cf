package org.plmfrontier.fitting.textfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableReader;
import org.plmfrontier.fitting.table.TableRow;

class EncodedTextTest {
    private static final String TABLE = "run,N,D,loss\nété,1e6,1e8,3.5\nb,2e6,1e8,3.25\n";

    private static LossTable read(byte[] bytes) throws IOException {
        return TableReader.read(
                EncodedText.of(() -> new ByteArrayInputStream(bytes)),
                ColumnMapping.usual(),
                org.plmfrontier.fitting.table.RunSizes.none());
    }

    private static byte[] with(byte[] mark, String text, Charset charset) {
        byte[] encoded = text.getBytes(charset);
        byte[] all = new byte[mark.length + encoded.length];
        System.arraycopy(mark, 0, all, 0, mark.length);
        System.arraycopy(encoded, 0, all, mark.length, encoded.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void unicodeIsReadWithAndWithoutAMark(String name) throws IOException {
        Charset charset = Charset.forName(name);
        byte[] mark = "\uFEFF".getBytes(charset);
        for (byte[] bytes : List.of(with(mark, TABLE, charset), with(new byte[0], TABLE, charset))) {
            LossTable table = read(bytes);
            assertThat(table.rows()).extracting(TableRow::run).containsExactly("été", "b");
            assertThat(table.findings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\r", "\n"})
    void endsOfLinesDoNotMatter(String end) throws IOException {
        LossTable table = read(TABLE.replace("\n", end).getBytes(StandardCharsets.UTF_8));
        assertThat(table.rows()).extracting(TableRow::line).containsExactly(2, 3);
    }

    @Test
    void anOlderEncodingIsReadAndSaid() throws IOException {
        LossTable table = read(TABLE.getBytes(Charset.forName("windows-1252")));
        assertThat(table.rows()).extracting(TableRow::run).containsExactly("été", "b");
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.OTHER_ENCODING);
            assertThat(finding.line()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"runs\": [1, 2]}|JSON",
                "[{\"run\": \"a\"}]|JSON",
                "<!DOCTYPE html><html>|HTML",
                "<html lang='en'>|HTML",
                "<?xml version='1.0'?>|XML",
                "%PDF-1.7|PDF",
                "version https://git-lfs.github.com/spec/v1|git lfs pull"
            })
    void textsThatAreNoTablesAreNamed(String text, String name) {
        refused(text.getBytes(StandardCharsets.UTF_8), name);
    }

    @Test
    void binaryFilesAreNamed() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream output = new ZipOutputStream(zip)) {
            output.putNextEntry(new ZipEntry("[Content_Types].xml"));
            output.closeEntry();
        }
        refused(zip.toByteArray(), "an Excel workbook");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(gzip)) {
            output.write(TABLE.getBytes(StandardCharsets.UTF_8));
        }
        refused(gzip.toByteArray(), "gzip");
        refused("PAR1\0\0\1".getBytes(StandardCharsets.ISO_8859_1), "Parquet");
        refused("\u00d0\u00cf\u0011\u00e0\0\0".getBytes(StandardCharsets.ISO_8859_1), "old Excel workbook");
        refused((TABLE + "c,\0,1,2\n").getBytes(StandardCharsets.UTF_8), "line 4: the file is no text");
        refused(new byte[] {(byte) 0x81, 2, 3}, "no text");
    }

    @Test
    void aHeaderThatBeginsLikeAnotherFormatIsAHeader() throws IOException {
        for (String name : List.of("ORC run", "PAR1", "FEA1")) {
            assertThat(read((name + "," + TABLE.replace("\n", "\nx,"))
                                    .replace("\nx,\n", "\n")
                                    .replaceAll("\nx,$", "\n")
                                    .getBytes(StandardCharsets.UTF_8))
                            .rows())
                    .hasSize(2);
        }
    }

    private static void refused(byte[] bytes, String name) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining(name);
    }

    @Test
    void aLineWithoutEndIsRefusedWithItsPlaceBeforeItIsHeld() {
        byte[] endless = ("run,N\n" + "x".repeat((1 << 20) + 1)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EncodedText.of(() -> new java.io.ByteArrayInputStream(endless)))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("line 2, column 1048576");
    }
}
