package org.plmfrontier.dataset.evaluation;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Files of evaluations as trainers read them: text, perhaps under gzip. */
final class EvaluationText {
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private EvaluationText() {}

    /** The lines of a file; closing the reader closes the content. */
    static BufferedReader lines(InputStream content) throws IOException {
        BufferedInputStream in = new BufferedInputStream(content);
        in.mark(2);
        boolean packed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        return new BufferedReader(
                new InputStreamReader(packed ? new GZIPInputStream(in) : in, StandardCharsets.ISO_8859_1));
    }
}
