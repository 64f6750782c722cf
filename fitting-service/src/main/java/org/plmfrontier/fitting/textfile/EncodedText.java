package org.plmfrontier.fitting.textfile;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.TextSource;

/**
 * A file as text: UTF-8 with or without a byte order mark, UTF-16 and UTF-32 of either order, else Windows-1252, which is said.
 *
 * @param notes what was found about the encoding
 */
public record EncodedText(ByteSource bytes, Charset charset, List<Finding> notes) implements TextSource {
    private static final int HEAD = 1 << 16;
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    /** Share of the bytes at even or odd places that are 0 in UTF-16 of a Latin text. */
    private static final double MANY = 0.4;

    private static final int FEWEST = 8;
    /** Characters of a line; a file of one endless line is no table, and lines are held in memory. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int BYTES_PER_CHARACTER = 4;

    public EncodedText {
        notes = List.copyOf(notes);
    }

    /**
     * Recognises the encoding; reads the bytes once.
     *
     * @throws BadTableException where the bytes are no text, by what they are
     * @throws IOException where they cannot be read
     */
    public static EncodedText of(ByteSource bytes) throws IOException {
        byte[] head;
        try (InputStream input = bytes.open()) {
            head = input.readNBytes(HEAD);
        }
        ContentType.of(head).ifPresent(type -> {
            throw new BadTableException("the file is " + type.name() + ", no table in text: " + type.next());
        });
        Charset charset = charset(head);
        int line = firstUnreadable(bytes, charset);
        if (line == 0) {
            return new EncodedText(bytes, charset, List.of());
        }
        int unreadable = charset.equals(StandardCharsets.UTF_8) ? firstUnreadable(bytes, WINDOWS) : line;
        if (unreadable > 0) {
            throw new BadTableException(
                    "line " + unreadable
                            + ": the file is no text: it has bytes that no line of a table has; save the table as"
                            + " CSV in UTF-8",
                    unreadable,
                    "");
        }
        Finding note = new Finding(
                Finding.Kind.OTHER_ENCODING,
                line,
                "",
                "",
                "line " + line
                        + ": the file is no UTF-8 and is read as Windows-1252; names with accents may be misread");
        return new EncodedText(bytes, WINDOWS, List.of(note));
    }

    @Override
    public Stream<String> lines() {
        try {
            BufferedReader reader = reader(bytes, charset);
            return reader.lines().onClose(() -> {
                try {
                    reader.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader reader(ByteSource bytes, Charset charset) throws IOException {
        return new BufferedReader(new InputStreamReader(
                bytes.open(),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    private static Charset charset(byte[] head) {
        if (starts(head, 0xFF, 0xFE, 0, 0)) {
            return Charset.forName("UTF-32LE");
        }
        if (starts(head, 0, 0, 0xFE, 0xFF)) {
            return Charset.forName("UTF-32BE");
        }
        if (starts(head, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        if (starts(head, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        double half = 0.5 * head.length;
        if (head.length >= FEWEST && zeros[1] > MANY * half && zeros[0] < zeros[1] / 4) {
            return StandardCharsets.UTF_16LE;
        }
        if (head.length >= FEWEST && zeros[0] > MANY * half && zeros[1] < zeros[0] / 4) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }

    private static boolean starts(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** The line of the first character that no text has, or of the first bytes that are none; 0 where there are none. */
    private static int firstUnreadable(ByteSource bytes, Charset charset) throws IOException {
        int line = 1;
        int length = 0;
        try (BufferedReader reader = reader(bytes, charset)) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                length++;
                if (c == '\n' || c == '\r') {
                    line += c == '\n' ? 1 : 0;
                    length = 0;
                } else if (length > LONGEST_LINE) {
                    throw tooLong(line);
                } else if (c < ' ' && c != '\t' && c != '\r' && c != '\f' && c != 0x1A) {
                    return line;
                }
            }
        } catch (CharacterCodingException malformed) {
            return firstMalformed(bytes, charset);
        }
        return 0;
    }

    private static BadTableException tooLong(int line) {
        return new BadTableException(
                "line " + line + ", column " + LONGEST_LINE + ": the line goes on after " + LONGEST_LINE
                        + " characters, which no row of a table does",
                line,
                "");
    }

    /** The line of the first bytes that are no text of an encoding in which line ends are single bytes; else the first. */
    private static int firstMalformed(ByteSource bytes, Charset charset) throws IOException {
        int line = 1;
        try (InputStream input = new BufferedInputStream(bytes.open())) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int b = input.read(); b >= 0; b = input.read()) {
                content.write(b);
                if (content.size() > BYTES_PER_CHARACTER * LONGEST_LINE) {
                    throw tooLong(line);
                }
                if (b == '\n') {
                    if (!decodes(content.toByteArray(), charset)) {
                        return line;
                    }
                    content.reset();
                    line++;
                }
            }
            return decodes(content.toByteArray(), charset) ? 1 : line;
        }
    }

    private static boolean decodes(byte[] line, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(line));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
