package org.plmfrontier.contracts.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * One record of a token log: whole sequences, one byte per token, START ... END per sequence (an end that was cut off by
 * the length window has no such mark), back to back, never PAD.
 *
 * @param index place in the log, from 0, without gap
 * @param tokens all sequences back to back; not copied, callers must not change it
 * @param lengths tokens of each sequence, in order; their sum is {@code tokens.length}
 */
public record TokenBatch(String corpusId, long index, byte[] tokens, int[] lengths) {
    public static final String CORPUS = "corpus";
    public static final String INDEX = "index";
    public static final String LENGTHS = "lengths";
    public static final String RESIDUES = "residues";
    public static final String CRC = "crc32c";

    public TokenBatch {
        Objects.requireNonNull(corpusId, "corpusId");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, got " + index);
        }
        long sum = 0;
        for (int length : lengths) {
            if (length <= 0) {
                throw new IllegalArgumentException("batch " + index + " holds a sequence of " + length + " tokens");
            }
            sum += length;
        }
        if (sum != tokens.length) {
            throw new IllegalArgumentException(
                    "batch " + index + " holds " + tokens.length + " tokens, its lengths sum to " + sum);
        }
    }

    /** What the batch costs, unpadded. */
    public SequenceLoad load() {
        SequenceLoad load = SequenceLoad.NONE;
        for (int length : lengths) {
            load = load.plusSequence(length);
        }
        return load;
    }

    /** What the batch costs when every sequence is padded to the longest. */
    public SequenceLoad paddedLoad() {
        return SequenceLoad.padded(lengths.length, longest());
    }

    /** Tokens of the longest sequence. */
    public int longest() {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Number of tokens that are residues. */
    public long residues() {
        int marks = 0;
        for (byte token : tokens) {
            marks += (token - Vocabulary.FIRST_RESIDUE) >>> (Integer.SIZE - 1);
        }
        return (long) tokens.length - marks;
    }

    /** Record headers by name; the record's value is {@link #tokens()}. */
    public Map<String, byte[]> headers() {
        StringBuilder list = new StringBuilder();
        for (int length : lengths) {
            list.append(list.isEmpty() ? "" : ",").append(length);
        }
        return Map.of(
                CORPUS, ascii(corpusId),
                INDEX, ascii(Long.toString(index)),
                LENGTHS, ascii(list.toString()),
                RESIDUES, ascii(Long.toString(residues())),
                CRC, ascii(Long.toHexString(crc(tokens))));
    }

    /**
     * The batch of a record.
     *
     * @param headers record headers by name
     * @param value record value
     * @throws IllegalArgumentException where a header is missing or the checksum does not fit, naming which
     */
    public static TokenBatch decode(Map<String, byte[]> headers, byte[] value) {
        long index = Long.parseLong(header(headers, INDEX));
        String crc = header(headers, CRC);
        if (!crc.equals(Long.toHexString(crc(value)))) {
            throw new IllegalArgumentException("token batch " + index + " is corrupt: header crc32c " + crc
                    + ", computed " + Long.toHexString(crc(value)));
        }
        String[] list = header(headers, LENGTHS).split(",", -1);
        int[] lengths = new int[list.length];
        for (int i = 0; i < list.length; i++) {
            lengths[i] = Integer.parseInt(list[i]);
        }
        return new TokenBatch(header(headers, CORPUS), index, value, lengths);
    }

    private static String header(Map<String, byte[]> headers, String name) {
        byte[] value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("token batch without header '" + name + "'");
        }
        return new String(value, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long crc(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value);
        return crc.getValue();
    }
}
