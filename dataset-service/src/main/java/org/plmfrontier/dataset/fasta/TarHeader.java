package org.plmfrontier.dataset.fasta;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first 512 bytes of a tar archive (POSIX.1-1988 ustar, and the format before it, by its checksum). */
final class TarHeader {
    private static final int LENGTH = 512;
    private static final int NAME = 100;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int PRINTED = 60;

    private TarHeader() {}

    /** Name of the first member; empty where this is no archive. */
    static Optional<String> firstMember(byte[] head) {
        if (head.length < LENGTH || head[0] == 0) {
            return Optional.empty();
        }
        long sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            boolean blank = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += blank ? ' ' : head[i] & 0xFF;
        }
        return stated(head) == sum ? Optional.of(Excerpt.of(head, 0, nameEnd(head), PRINTED)) : Optional.empty();
    }

    private static int nameEnd(byte[] head) {
        int end = 0;
        while (end < NAME && head[end] != 0) {
            end++;
        }
        return end;
    }

    /** The checksum that the header states, octal; -1 where there is none. */
    private static long stated(byte[] head) {
        String text = new String(head, CHECKSUM, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        return text.matches("[0-7]{1,7}") ? Long.parseLong(text, 8) : -1;
    }
}
