package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a model is measured by. */
final class EvaluationArguments {
    static final String HELD_OUT = "serrano-2024/heldout";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--variants",
            arity = "1..*",
            paramLabel = "CSV",
            description = "deep mutational scans: columns mutant, DMS_score and, where there is one, DMS_score_bin")
    List<Path> variants = List.of();

    @Option(
            names = "--wild-type",
            arity = "1..*",
            paramLabel = "FASTA",
            description = "the scans' proteins; of several, each has the name of its scan")
    List<Path> wildTypes = List.of();

    @Option(
            names = "--reference",
            paramLabel = "CSV",
            description =
                    "ProteinGym's reference file: the mean is grouped as its leaderboard's; brings wild types too")
    @Nullable
    Path reference;

    @Option(
            names = "--scoring",
            description =
                    "masked-marginals, wt-marginals or likelihood (default: masked-marginals; of a causal model likelihood)")
    @Nullable
    String scoring;

    @Option(names = "--offset", description = "what is taken off the scans' numbers to get positions (default: 0)")
    @Nullable
    Integer offset;

    @Option(names = "--protocol", paramLabel = "NAME", description = HELD_OUT + ": perplexity of --proteins")
    @Nullable
    String protocol;

    @Option(names = "--proteins", arity = "1..*", paramLabel = "FASTA", description = "proteins of the protocol")
    List<Path> proteins = List.of();

    @Option(names = "--maskings", description = "how often all proteins are masked anew (default: 5)")
    @Nullable
    Integer maskings;

    @Option(names = "--pseudo-sequences", description = "proteins with a pseudo-perplexity too (default: 50)")
    @Nullable
    Integer pseudoSequences;

    @Option(names = "--most-proteins", description = "of more proteins a sample is measured (default: 8000)")
    @Nullable
    Integer mostProteins;

    @Option(names = "--window", description = "most tokens that the model sees at once (default: 1024)")
    @Nullable
    Integer context;

    @Option(names = "--seed", description = "seed of masks, samples and intervals (default: 0)")
    @Nullable
    Integer seed;

    @Option(
            names = "--training",
            arity = "1..*",
            paramLabel = "FASTA",
            description =
                    "what the model was trained on: tells how many of the evaluated proteins have relatives there")
    List<Path> training = List.of();

    /** Why the arguments do not go together; null where they do. */
    @Nullable
    String objection() {
        boolean held = protocol != null;
        if (held == !variants.isEmpty()) {
            return held
                    ? "--variants and --protocol are two evaluations; ask for one"
                    : "say what to measure: --variants or" + " --protocol " + HELD_OUT;
        }
        if (held && !HELD_OUT.equals(protocol)) {
            return "--protocol " + protocol + " is unknown; known is " + HELD_OUT;
        }
        if (held && proteins.isEmpty()) {
            return "--protocol " + HELD_OUT + " needs --proteins";
        }
        if (!held && wildTypes.isEmpty() && reference == null) {
            return "--variants needs --wild-type, or --reference with the column target_seq";
        }
        return null;
    }

    /** @throws IOException where a file is not there, naming it */
    void requireFiles() throws IOException {
        List<Path> all = Stream.of(
                        variants,
                        wildTypes,
                        proteins,
                        training,
                        reference == null ? List.<Path>of() : List.of(reference))
                .flatMap(List::stream)
                .toList();
        for (Path file : all) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no file " + file);
            }
        }
    }

    /** The evaluated proteins; empty where they are in the reference file only. */
    List<Path> evaluated() {
        return protocol == null ? wildTypes : proteins;
    }

    /** Kind, options and data as the trainer's program reads them. */
    ObjectNode request() {
        ObjectNode request = JSON.createObjectNode();
        request.put("kind", protocol == null ? "VARIANT_EFFECT" : "PERPLEXITY");
        ObjectNode options = request.putObject("options");
        put(options, "context", context);
        put(options, "seed", seed);
        request.putArray("data");
        if (protocol == null) {
            put(options, "scoring", scoring);
            put(options, "offset", offset);
            add(request, "scores", variants);
            add(request, "wildType", wildTypes);
            add(request, "reference", reference == null ? List.of() : List.of(reference));
        } else {
            put(options, "maskings", maskings);
            put(options, "pseudoSequences", pseudoSequences);
            put(options, "proteins", mostProteins);
            add(request, "proteins", proteins);
        }
        return request;
    }

    private static void put(ObjectNode options, String name, @Nullable Object value) {
        if (value != null) {
            options.put(name, value.toString());
        }
    }

    private static void add(ObjectNode request, String role, List<Path> files) {
        files.forEach(file -> request.withArray("/data")
                .addObject()
                .put("role", role)
                .put("path", file.toAbsolutePath().toString()));
    }
}
