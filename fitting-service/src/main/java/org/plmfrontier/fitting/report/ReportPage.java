package org.plmfrontier.fitting.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the live page into one HTML file with everything inside: styles and the plot library in place, the page's modules
 * as data addresses of its import map, and the study's data in the element that the page looks for. Thread-safe.
 */
public final class ReportPage {
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"(/[^\"]+)\">");
    private static final Pattern MODULE = Pattern.compile("\"(/page/[^\"]+\\.js)\"");
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"(/[^\"]+)\"></script>");
    private static final Pattern START = Pattern.compile("<script type=\"module\" src=\"(/[^\"]+)\"></script>");
    private static final String DATA = "<script type=\"application/json\" id=\"data\"></script>";

    private final UnaryOperator<String> resources;

    /**
     * A report of the page whose files the function reads.
     *
     * @param resources path such as {@code /index.html} to its text
     */
    public ReportPage(UnaryOperator<String> resources) {
        this.resources = Objects.requireNonNull(resources, "resources");
    }

    /**
     * The page with data.
     *
     * @param json one JSON object {@code {study, curves, frontier}}
     */
    public String with(String json) {
        String page = resources.apply("/index.html");
        if (!page.contains(DATA)) {
            throw new IllegalStateException("the page has no place for data: " + DATA);
        }
        page = replace(page, STYLE, path -> "<style>\n" + resources.apply(path) + "\n</style>");
        page = replace(page, SCRIPT, path -> "<script>\n" + resources.apply(path) + "\n</script>");
        page = replace(page, START, path -> "<script type=\"module\">\n" + resources.apply(path) + "\n</script>");
        page = replace(page, MODULE, path -> "\"" + address(resources.apply(path)) + "\"");
        return page.replace(DATA, DATA.replace("></script>", ">" + inScript(json) + "</script>"));
    }

    private static String replace(String page, Pattern pattern, UnaryOperator<String> replacement) {
        return pattern.matcher(page)
                .replaceAll((MatchResult found) -> Matcher.quoteReplacement(replacement.apply(found.group(1))));
    }

    private static String address(String module) {
        return "data:text/javascript;base64,"
                + Base64.getEncoder().encodeToString(module.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON that cannot close the element it stands in. */
    private static String inScript(String json) {
        return json.replace("</", "<\\/");
    }
}
