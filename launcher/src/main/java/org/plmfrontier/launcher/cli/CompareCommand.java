package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.ComparisonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier compare STUDY OTHER...}: what other studies are worth, and how they differ. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Prints how many times the compute STUDY needs for the loss that OTHER reaches, each with its best sizes and a floor of"
                        + " its own, whether OTHER is better, and how their exponents differ. With several OTHERs each is compared with"
                        + " STUDY. All must be judged on the same held-out set. Exit status 3: nothing tells.")
final class CompareCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_DECIDED = 3;
    private static final int NOT_FOUND = 404;

    @Parameters(index = "0", paramLabel = "STUDY", description = "study id, or ID:FAMILY")
    String study = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "OTHER",
            description = "studies that it is compared with, likewise; at most seven")
    List<String> others = List.of();

    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service (default: ${DEFAULT-VALUE})")
    String address = "";

    @Option(names = "--family", description = "family of STUDY, where it has several")
    @Nullable
    String family;

    @Option(names = "--other-family", description = "family of the only OTHER, where it has several")
    @Nullable
    String otherFamily;

    @Option(
            names = "--budget",
            description =
                    "training FLOPs, 6 N D (default: the most that OTHER was trained with; of several, that all were trained with)")
    @Nullable
    Double budget;

    @Option(names = "--json", description = "as REST gives it; of one OTHER with how they differ as 'comparison'")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(address).expecting("fitting-service")) {
            return others.size() == 1 ? one(fitting, Member.of(others.getFirst(), otherFamily)) : several(fitting);
        }
    }

    /** A study's family; null for its only one. */
    private record Member(String study, @Nullable String family) {
        /** @param usual family of a text that names none */
        static Member of(String text, @Nullable String usual) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Member(text, usual)
                    : new Member(text.substring(0, colon), text.substring(colon + 1));
        }

        String query() {
            return "study=" + encoded(family == null ? study : study + ":" + family);
        }
    }

    private int one(RestClient fitting, Member other) throws IOException, InterruptedException {
        Member first = Member.of(study, family);
        JsonNode found = fitting.get("/studies/" + first.study() + "/effective-compute?with=" + encoded(other.study())
                + query("family", first.family())
                + query("withFamily", other.family())
                + (budget == null ? "" : "&budgetFlops=" + budget));
        JsonNode comparison = differences(
                fitting, List.of(first, other), found.path("budgetFlops").asDouble());
        if (json) {
            if (found instanceof ObjectNode whole && comparison.isObject()) {
                whole.set("comparison", comparison);
            }
            print(found);
        } else {
            System.out.println(words(found));
            comparison
                    .path("differences")
                    .forEach(pair -> System.out.println(pair.path("sentence").asText()));
            ComparisonLines.differences(comparison).forEach(System.out::println);
        }
        return found.path("factor").isObject() ? 0 : NOT_DECIDED;
    }

    private int several(RestClient fitting) throws IOException, InterruptedException {
        List<Member> members = new ArrayList<>(List.of(Member.of(study, family)));
        others.forEach(other -> members.add(Member.of(other, null)));
        JsonNode comparison = fitting.get(path(members, budget == null ? 0 : budget));
        if (json) {
            print(comparison);
        } else {
            ComparisonLines.of(comparison).forEach(System.out::println);
        }
        for (JsonNode pair : comparison.path("differences")) {
            if (pair.path("lossNats").isObject()) {
                return 0;
            }
        }
        return NOT_DECIDED;
    }

    /** How two differ; a missing node from a service of before that was asked about. */
    private static JsonNode differences(RestClient fitting, List<Member> members, double budgetFlops)
            throws IOException, InterruptedException {
        try {
            return fitting.get(path(members, budgetFlops));
        } catch (RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            return JSON.missingNode();
        }
    }

    /** @param budgetFlops the usual one where it is 0 */
    private static String path(List<Member> members, double budgetFlops) {
        return Stream.concat(
                        members.stream().map(Member::query),
                        budgetFlops > 0 ? Stream.of("budgetFlops=" + budgetFlops) : Stream.empty())
                .collect(Collectors.joining("&", "/comparisons?", ""));
    }

    private static void print(JsonNode found) throws IOException {
        System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(found));
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
