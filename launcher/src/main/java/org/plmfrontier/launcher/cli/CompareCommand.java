package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier compare STUDY OTHER}: what one study is worth in compute of another. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Prints how many times the compute STUDY needs for the loss that OTHER reaches, each with its best sizes and a floor of"
                        + " its own. Both must be judged on the same held-out set. Exit status 3: nothing tells.")
final class CompareCommand implements Callable<Integer> {
    private static final int NOT_DECIDED = 3;

    @Parameters(index = "0", paramLabel = "STUDY", description = "study id")
    String study = "";

    @Parameters(index = "1", paramLabel = "OTHER", description = "id of the study that it is compared with")
    String other = "";

    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String address = "";

    @Option(names = "--family", description = "family of STUDY, where it has several")
    @Nullable
    String family;

    @Option(names = "--other-family", description = "family of OTHER, where it has several")
    @Nullable
    String otherFamily;

    @Option(
            names = "--budget",
            description = "training FLOPs of OTHER, 6 N D (default: the most that it was trained with)")
    @Nullable
    Double budget;

    @Option(names = "--json", description = "as REST gives it")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(address).expecting("fitting-service")) {
            JsonNode found = fitting.get("/studies/" + study + "/effective-compute?with=" + encoded(other)
                    + query("family", family)
                    + query("withFamily", otherFamily)
                    + (budget == null ? "" : "&budgetFlops=" + budget));
            System.out.println(
                    json
                            ? new ObjectMapper()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(found)
                            : words(found));
            return found.path("factor").isObject() ? 0 : NOT_DECIDED;
        }
    }

    private static String words(JsonNode found) {
        if (!found.path("factor").isObject()) {
            return "nothing tells: " + found.path("reason").asText();
        }
        JsonNode factor = found.path("factor");
        return String.format(
                Locale.ROOT,
                "%s needs %.2f [%.2f, %.2f] times the compute of %s for the %.4f nats that it reaches with %.3g FLOPs (6 N D); %.2f"
                        + " times the most that %s was trained with",
                found.path("study").path("study").asText(),
                factor.path("value").asDouble(),
                factor.path("low").asDouble(),
                factor.path("high").asDouble(),
                found.path("other").path("study").asText(),
                found.path("lossNats").path("value").asDouble(),
                found.path("budgetFlops").asDouble(),
                found.path("beyond").asDouble(),
                found.path("study").path("study").asText());
    }

    private static String query(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
