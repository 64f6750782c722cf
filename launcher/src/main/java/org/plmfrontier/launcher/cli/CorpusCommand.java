package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.CorpusLines;
import org.plmfrontier.launcher.screen.Terminal;
import org.plmfrontier.launcher.studyfile.StudyFile;
import org.plmfrontier.launcher.studyfile.StudySubmission;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier corpus}: corpora of a running suite. */
@Command(
        name = "corpus",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Builds, shows, verifies and deletes corpora of a running suite.")
final class CorpusCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void run() {
        picocli.CommandLine.usage(this, System.out);
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Builds a corpus of FASTA files and waits until it is ready. The same files with the same options are"
                            + " the same corpus.")
    int add(
            @Mixin DatasetArguments arguments,
            @Option(
                            names = "--set",
                            paramLabel = "OPTION=VALUE",
                            description = "an option of POST /corpora, as maxLength=512 or deduplicate=true")
                    Map<String, String> options,
            @ArgGroup @Nullable HeldOutArguments heldOut,
            @Parameters(arity = "1..*", paramLabel = "FASTA", description = "files, patterns or addresses")
                    List<String> sources)
            throws IOException, InterruptedException {
        ObjectNode corpus = JSON.createObjectNode();
        ArrayNode listed = corpus.putArray("sources");
        sources.forEach(listed::add);
        if (options != null) {
            for (Map.Entry<String, String> option : options.entrySet()) {
                corpus.set(option.getKey(), value(option.getValue()));
            }
        }
        if (heldOut != null) {
            corpus.set("heldOut", heldOut.json());
        }
        ObjectNode content = JSON.createObjectNode();
        content.set("corpus", corpus);
        return StudyStart.orProblems(() -> {
            Terminal terminal = SuiteArguments.terminal();
            try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
                StudyFile file = StudyFile.of(SuiteArguments.userFolder().resolve("options"), content);
                JsonNode ready =
                        new StudySubmission(dataset, file).corpus(look -> terminal.live(CorpusLines.building(look)));
                terminal.keepLive();
                CorpusLines.ready(ready).forEach(terminal::line);
            }
        });
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the corpora of a suite.")
    int list(@Mixin DatasetArguments arguments, @Mixin OutputFormat format) throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            JsonNode corpora = dataset.get("/corpora");
            format.print(corpora, CorpusLines.of(corpora));
        }
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints a corpus with its manifest as JSON.")
    int show(
            @Mixin DatasetArguments arguments,
            @Parameters(paramLabel = "CORPUS", description = "corpus id") String corpus)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            System.out.println(dataset.get("/corpora/" + corpus).toPrettyString());
        }
        return 0;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Reads both token logs of a corpus from end to end and compares them with its manifest. Exit status 1:"
                            + " they differ.")
    int verify(
            @Mixin DatasetArguments arguments,
            @Parameters(paramLabel = "CORPUS", description = "corpus id") String corpus)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            JsonNode found = dataset.postLong("/corpora/" + corpus + "/verification", Map.of());
            System.out.println(found.toPrettyString());
            return found.path("sound").asBoolean() ? 0 : 1;
        }
    }

    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Deletes a corpus and its token logs, after asking; one that a study uses stays.")
    int delete(
            @Mixin DatasetArguments arguments,
            @Option(names = "--yes", description = "do not ask") boolean yes,
            @Parameters(paramLabel = "CORPUS", description = "corpus id") String corpus)
            throws IOException, InterruptedException {
        try (RestClient dataset = new RestClient(arguments.address).expecting("dataset-service")) {
            dataset.get("/corpora/" + corpus);
            if (!yes && !Confirmation.given("delete corpus " + corpus + " and both of its token logs?")) {
                System.err.println("frontier: nothing is deleted; --yes deletes without asking");
                return 1;
            }
            dataset.delete("/corpora/" + corpus);
            System.out.println("deleted: corpus " + corpus);
        }
        return 0;
    }

    /** A held-out set in place of one that is chosen among the sources. */
    static final class HeldOutArguments {
        @Option(
                names = "--held-out",
                paramLabel = "FASTA",
                description =
                        "hold out the proteins of this file, pattern or address, and train on none of them; may be repeated")
        private @Nullable List<String> sources;

        @Option(
                names = "--held-out-of",
                paramLabel = "CORPUS",
                description = "hold out what this corpus holds out, so that losses on both are comparable")
        private @Nullable String corpus;

        private ObjectNode json() {
            ObjectNode named = JSON.createObjectNode();
            if (sources != null) {
                ArrayNode listed = named.putArray("sources");
                sources.forEach(listed::add);
            }
            if (corpus != null) {
                named.put("corpus", corpus);
            }
            return named;
        }
    }

    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
