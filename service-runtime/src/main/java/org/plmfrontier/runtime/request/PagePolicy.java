package org.plmfrontier.runtime.request;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * Content-Security-Policy (W3C CSP3) of answers. What stands inside of a page is allowed by its SHA-256, so a script that
 * somebody's data put there is not run.
 */
public final class PagePolicy {
    /** Of answers that are no page: nothing in them runs, nobody frames them. */
    public static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String REST =
            "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** Of a page of a development tool that no data of anybody get into: its own scripts run wherever they stand. */
    public static final String OF_A_TOOL =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
                    + REST;

    private static final Pattern SCRIPT =
            Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern STYLE =
            Pattern.compile("<style([^>]*)>(.*?)</style>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    /** With a source outside, or of a type that no browser runs. */
    private static final Pattern NOT_INLINE =
            Pattern.compile("\\ssrc=|\\stype=\"application/json\"", Pattern.CASE_INSENSITIVE);

    private PagePolicy() {}

    /** Of a page that loads scripts, styles and data from its own service. */
    public static String of(String html) {
        return "default-src 'none'; script-src 'self'" + hashes(SCRIPT, html) + "; style-src 'self'"
                + hashes(STYLE, html) + "; connect-src 'self'; " + REST;
    }

    /**
     * Of a page with everything inside, modules as data addresses in its import map; nothing is loaded from anywhere else.
     * Modules that a page itself imports count as inserted by the parser, so {@code strict-dynamic} does not let them in.
     */
    public static String ofSingleFile(String html) {
        return "default-src 'none'; script-src data:" + hashes(SCRIPT, html) + "; style-src" + hashes(STYLE, html)
                + "; " + REST;
    }

    private static String hashes(Pattern element, String html) {
        StringBuilder hashes = new StringBuilder();
        Matcher found = element.matcher(html);
        while (found.find()) {
            if (!NOT_INLINE.matcher(found.group(1)).find()) {
                hashes.append(" 'sha256-")
                        .append(Base64.getEncoder().encodeToString(Sha256.of(found.group(2))))
                        .append('\'');
            }
        }
        return hashes.toString();
    }
}
