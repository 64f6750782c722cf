package org.plmfrontier.runtime.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What axe-core finds on a page that keeps people out. */
public final class Barriers {
    /** The program, where npm has installed it. */
    public static final Path AXE = Path.of("../node_modules/axe-core/axe.min.js");

    private static final List<String> SCHEMES = List.of("light", "dark");
    private static final int LOOKS = 100;

    private static final String FINDINGS = """
            axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
                .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 5).map(({ target, failureSummary }) =>
                    target.join(' ') + ' ' + failureSummary.replace(/\\s+/g, ' ')).join(' | ')))
            """;

    private Barriers() {}

    /** Serious and critical findings of a page by colour scheme, light and dark; no scheme where all is well. */
    public static Map<String, List<String>> of(Chromium chromium) throws IOException, InterruptedException {
        chromium.evaluate(Files.readString(AXE) + ";0");
        Map<String, List<String>> found = new TreeMap<>();
        for (String scheme : SCHEMES) {
            show(chromium, scheme);
            List<String> findings = chromium.evaluate(FINDINGS)
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            if (!findings.isEmpty()) {
                found.put(scheme, findings);
            }
        }
        return found;
    }

    private static void show(Chromium chromium, String scheme) throws InterruptedException {
        chromium.prefer(scheme);
        String shown = "matchMedia('(prefers-color-scheme: " + scheme + ")').matches";
        for (int look = 0; look < LOOKS; look++) {
            if (chromium.evaluate(shown).asBoolean()) {
                return;
            }
            Thread.sleep(LOOKS);
        }
        throw new AssertionError("the browser does not show the " + scheme + " page");
    }
}
