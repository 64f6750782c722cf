package org.plmfrontier.dataset.fasta;

/** A piece of a file as a message may show it: printable ASCII, everything else a question mark. */
final class Excerpt {
    private Excerpt() {}

    /** @param most characters that are shown; what is longer ends in dots */
    static String of(byte[] bytes, int from, int to, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to && text.length() < most; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '?');
        }
        return to - from > most ? text + "..." : text.toString();
    }
}
