package org.plmfrontier.dataset.fasta;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a file looks like that is no FASTA, by its first bytes, and what to do with it. */
final class ForeignFormats {
    private static final String UNPACK = "unpack it and name the FASTA files inside";
    private static final String DECOMPRESS = "decompress it, or compress it by gzip, zstd or bzip2";
    private static final String NAME_FASTA = "name a FASTA file";

    private static final List<Magic> MAGICS = List.of(
            new Magic("PK\3\4", "a zip archive", UNPACK),
            new Magic("PK\5\6", "an empty zip archive", NAME_FASTA),
            new Magic("PK\7\b", "a zip archive in parts", UNPACK),
            new Magic("7z\u00BC\u00AF'\u001C", "a 7z archive", UNPACK),
            new Magic("Rar!\u001A\7", "a RAR archive", UNPACK),
            new Magic("MSCF\0", "a cabinet archive", UNPACK),
            new Magic("!<arch>\n", "an ar archive", UNPACK),
            new Magic("070701", "a cpio archive", UNPACK),
            new Magic("070707", "a cpio archive", UNPACK),
            new Magic("\u00FD7zXZ\0", "xz", DECOMPRESS),
            new Magic("]\0\0", "lzma", DECOMPRESS),
            new Magic("LZIP\1", "lzip", DECOMPRESS),
            new Magic("\4\"M\u0018", "lz4", DECOMPRESS),
            new Magic("\2!L\u0018", "lz4 (legacy)", DECOMPRESS),
            new Magic("\u0089LZO\0", "lzop", DECOMPRESS),
            new Magic("\u00FF\6\0\0sNaPpY", "snappy", DECOMPRESS),
            new Magic("\u001F\u009D", "compress (.Z)", DECOMPRESS),
            new Magic("\u001F\u00A0", "compress (LZH)", DECOMPRESS),
            new Magic("\u001F\u001E", "pack (.z)", DECOMPRESS),
            new Magic("x\u0001", "zlib", DECOMPRESS),
            new Magic("x\u009C", "zlib", DECOMPRESS),
            new Magic("x\u00DA", "zlib", DECOMPRESS),
            new Magic("%\u00B5/\u00FD", "zstd of a version before 0.8", DECOMPRESS),
            new Magic("&\u00B5/\u00FD", "zstd of a version before 0.8", DECOMPRESS),
            new Magic("'\u00B5/\u00FD", "zstd of a version before 0.8", DECOMPRESS),
            new Magic("BAM\1", "BAM alignments", "write it as FASTA: samtools fasta FILE"),
            new Magic("CRAM", "CRAM alignments", "write it as FASTA: samtools fasta FILE"),
            new Magic("SQLite format 3\0", "an SQLite database", NAME_FASTA),
            new Magic("PAR1", "a Parquet table", "write its sequences as FASTA"),
            new Magic("ARROW1", "an Arrow table", "write its sequences as FASTA"),
            new Magic("Obj\1", "an Avro table", "write its sequences as FASTA"),
            new Magic("\u0089HDF\r\n", "an HDF5 file", "write its sequences as FASTA"),
            new Magic("\u0093NUMPY", "a NumPy array", "write its sequences as FASTA"),
            new Magic("\u0089PNG\r\n", "a picture (PNG)", NAME_FASTA),
            new Magic("\u00FF\u00D8\u00FF", "a picture (JPEG)", NAME_FASTA),
            new Magic("%PDF-", "a PDF document", NAME_FASTA),
            new Magic("{\\rtf", "a rich text document", "save it as plain text"),
            new Magic("\u00D0\u00CF\u0011\u00E0", "an Office document", "save it as plain text"),
            new Magic("\u007FELF", "a program", NAME_FASTA),
            new Magic("\u00FF\u00FE\0\0", "text in UTF-32", "write it as UTF-8: iconv -f UTF-32 -t UTF-8 FILE"),
            new Magic("\0\0\u00FE\u00FF", "text in UTF-32", "write it as UTF-8: iconv -f UTF-32 -t UTF-8 FILE"),
            new Magic("\u00FF\u00FE", "text in UTF-16", "write it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE"),
            new Magic("\u00FE\u00FF", "text in UTF-16", "write it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE"));

    /**
     * A format by its first bytes.
     *
     * @param text the bytes as Latin-1
     */
    private record Magic(String text, String name, String advice) {
        boolean begins(byte[] head) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return head.length >= bytes.length && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
        }
    }

    private ForeignFormats() {}

    /**
     * What the file looks like, as the end of a sentence that begins with its name.
     *
     * @param head the first bytes of the text
     * @param inside for example {@code " inside gzip"}; empty where the file is not compressed
     */
    static Optional<String> find(byte[] head, String inside) {
        return MAGICS.stream()
                .filter(magic -> magic.begins(head))
                .findFirst()
                .map(magic -> sentence(magic.name(), inside, magic.advice()))
                .or(() -> TarHeader.firstMember(head)
                        .map(member -> sentence("a tar archive (first member " + member + ")", inside, UNPACK)))
                .or(() -> wideText(head, inside))
                .or(() -> TextFormats.find(head).map(text -> sentence(text.name(), inside, text.advice())));
    }

    private static String sentence(String name, String inside, String advice) {
        return "looks like " + name + inside + ", not like FASTA; " + advice;
    }

    /** Text of two or four bytes per letter without a mark: of its bytes every second, or three of four, are zero. */
    private static Optional<String> wideText(byte[] head, String inside) {
        int looked = Math.min(head.length, 64) / 4 * 4;
        boolean[] zero = {looked > 0, looked > 0, looked > 0, looked > 0};
        boolean[] letters = zero.clone();
        for (int i = 0; i < looked; i++) {
            zero[i % 4] &= head[i] == 0;
            letters[i % 4] &= head[i] != 0;
        }
        String order = null;
        if (zero[0] && zero[2] && letters[1] && letters[3]) {
            order = "UTF-16BE";
        } else if (zero[1] && zero[3] && letters[0] && letters[2]) {
            order = "UTF-16LE";
        } else if (zero[0] && zero[1] && zero[2] && letters[3]) {
            order = "UTF-32BE";
        } else if (zero[1] && zero[2] && zero[3] && letters[0]) {
            order = "UTF-32LE";
        }
        return Optional.ofNullable(order)
                .map(name ->
                        sentence("text in " + name, inside, "write it as UTF-8: iconv -f " + name + " -t UTF-8 FILE"));
    }
}
