package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command prints what it found: for people, or as JSON for programs. */
final class OutputFormat {
    /** The forms. */
    enum Form {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE})")
    Form form = Form.TEXT;

    void print(JsonNode json, List<String> lines) {
        if (form == Form.JSON) {
            System.out.println(json.toPrettyString());
        } else {
            lines.forEach(System.out::println);
        }
    }
}
