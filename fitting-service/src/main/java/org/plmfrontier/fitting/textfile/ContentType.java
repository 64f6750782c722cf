package org.plmfrontier.fitting.textfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What files begin with that are sent for tables and are none.
 *
 * @param name for people
 * @param magic first bytes, one char each
 * @param next what to do with such a file
 */
record ContentType(String name, String magic, String next) {
    private static final String AS_CSV = "save the table as CSV";
    private static final String UNPACK = "unpack it first";

    private static final List<ContentType> KNOWN = List.of(
            new ContentType("a zip archive", "PK\u0003\u0004", UNPACK),
            new ContentType("an empty zip archive", "PK\u0005\u0006", UNPACK),
            new ContentType("an old Excel workbook", "\u00d0\u00cf\u0011\u00e0", AS_CSV),
            new ContentType("Parquet", "PAR1", AS_CSV),
            new ContentType("Arrow or Feather", "ARROW1", AS_CSV),
            new ContentType("Feather", "FEA1", AS_CSV),
            new ContentType("ORC", "ORC", AS_CSV),
            new ContentType("an SQLite database", "SQLite format 3", AS_CSV),
            new ContentType("HDF5", "\u0089HDF", AS_CSV),
            new ContentType("a NumPy array", "\u0093NUMPY", AS_CSV),
            new ContentType("a Python pickle", "\u0080\u0004\u0095", AS_CSV),
            new ContentType("a Python pickle", "\u0080\u0005\u0095", AS_CSV),
            new ContentType("a PDF", "%PDF", AS_CSV),
            new ContentType("an image", "\u0089PNG", AS_CSV),
            new ContentType("gzip", "\u001f\u008b", UNPACK),
            new ContentType("zstd", "\u0028\u00b5\u002f\u00fd", UNPACK),
            new ContentType("bzip2", "BZh", UNPACK),
            new ContentType("xz", "\u00fd7zXZ", UNPACK),
            new ContentType("a 7z archive", "7z\u00bc\u00af", UNPACK),
            new ContentType("a Git LFS pointer", "version https://git-lfs", "fetch the file itself with git lfs pull"));

    /** Recognises a file; empty where it may be a table. */
    static Optional<ContentType> of(byte[] head) {
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        if (bytes.startsWith("PK") && bytes.contains("[Content_Types].xml")) {
            return Optional.of(new ContentType("an Excel workbook", "PK", "save the sheet as CSV"));
        }
        boolean binary = bytes.indexOf('\0') >= 0;
        Optional<ContentType> known = KNOWN.stream()
                .filter(type -> bytes.startsWith(type.magic()) && (binary || !type.isName()))
                .findFirst();
        return known.or(() -> markup(bytes));
    }

    /** Whether a header may begin so too. */
    private boolean isName() {
        return magic.matches("[A-Z0-9]+");
    }

    private static Optional<ContentType> markup(String bytes) {
        String text = bytes.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("ï»¿")) {
            text = text.substring(3).strip();
        }
        if (text.startsWith("<!doctype") || text.startsWith("<html") || text.startsWith("<head")) {
            return Optional.of(new ContentType(
                    "a page of HTML", "<", "download the file itself, it may need a login or the raw address"));
        }
        if (text.startsWith("<")) {
            return Optional.of(new ContentType("XML", "<", AS_CSV));
        }
        boolean array = text.matches("(?s)\\[\\s*[{\\[\"\\d-].*");
        if (text.startsWith("{") || array) {
            return Optional.of(new ContentType(
                    "JSON", "{", "write it as CSV, or post it to /imports as {\"study\": ..., \"rows\": [...]}"));
        }
        return Optional.empty();
    }
}
