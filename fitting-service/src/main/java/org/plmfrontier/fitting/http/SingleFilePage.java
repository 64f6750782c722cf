package org.plmfrontier.fitting.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plmfrontier.runtime.request.PagePolicy;

/**
 * The page with everything it loads put inside: style sheets and scripts inline, modules as data addresses in the import
 * map. What the page loads is read from the page itself. Immutable.
 */
final class SingleFilePage {
    private static final String ROOT = "META-INF/resources";
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");
    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([^\"]+)\"></script>");
    private static final Pattern MODULE = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");
    private static final Pattern IMPORT = Pattern.compile("(\"plm/[^\"]+\": )\"([^\"]+)\"");
    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    private final String html;
    private final String policy;

    private SingleFilePage(String html) {
        this.html = html;
        this.policy = PagePolicy.ofSingleFile(html);
    }

    static SingleFilePage load() {
        String html = text("/index.html");
        html = replace(html, STYLE, match -> "<style>" + text(match) + "</style>");
        html = replace(html, SCRIPT, match -> "<script>" + text(match) + "</script>");
        html = replace(html, MODULE, match -> "<script type=\"module\">" + text(match) + "</script>");
        html = replaceImports(html);
        return new SingleFilePage(html);
    }

    /** Under which the page is served, with any data. */
    String policy() {
        return policy;
    }

    /**
     * The page with its data.
     *
     * @param json of the object that the page draws
     */
    String with(String json) {
        int at = html.indexOf(DATA) + DATA.length();
        return html.substring(0, at) + json.replace("<", "\\u003c") + html.substring(at);
    }

    private static String replaceImports(String html) {
        return IMPORT.matcher(html)
                .replaceAll(
                        match -> Matcher.quoteReplacement(match.group(1) + "\"" + dataAddress(match.group(2)) + "\""));
    }

    private static String dataAddress(String path) {
        byte[] script = text(path).getBytes(StandardCharsets.UTF_8);
        return "data:text/javascript;base64," + Base64.getEncoder().encodeToString(script);
    }

    private static String replace(String html, Pattern pattern, UnaryOperator<String> content) {
        return pattern.matcher(html).replaceAll(match -> Matcher.quoteReplacement(content.apply(match.group(1))));
    }

    private static String text(String path) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream stream = Objects.requireNonNull(loader.getResourceAsStream(ROOT + path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
