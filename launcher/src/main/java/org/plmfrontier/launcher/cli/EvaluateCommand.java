package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.evaluation.HomologyAudit;
import org.plmfrontier.launcher.evaluation.TrainerProgram;
import org.plmfrontier.launcher.model.ModelFolder;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.EvaluationLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./frontier evaluate MODEL}: what a model is worth beside its loss. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description =
                "Measures a model, of a folder as ./frontier export writes it or of a published ESM-2, or of a run of a suite, on"
                        + " deep mutational scans (--variants) or on proteins (--protocol serrano-2024/heldout), without any service."
                        + " Exit status 3: there is no number, and why.")
final class EvaluateCommand implements Callable<Integer> {
    private static final int NO_NUMBER = 3;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    TrainerArguments trainer = new TrainerArguments();

    @Mixin
    EvaluationArguments arguments = new EvaluationArguments();

    @Mixin
    OutputFormat output = new OutputFormat();

    @Parameters(index = "0", paramLabel = "MODEL", description = "folder of a model, or a run id")
    String model = "";

    @Option(names = "--json", description = "the same as --output json")
    boolean json;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            description = "cpu, or a GPU as cuda:0 (default: ${DEFAULT-VALUE})")
    String device = "cpu";

    @Option(names = "--threads", description = "threads of libtorch (default: one per processor)")
    @Nullable
    Integer threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String objection = arguments.objection();
        if (objection != null && spec != null) {
            throw new ParameterException(spec.commandLine(), objection);
        }
        arguments.requireFiles();
        Path work = Files.createTempDirectory("frontier-evaluate");
        try {
            JsonNode answer = new TrainerProgram(SuiteArguments.root().resolve("trainer-service/target/quarkus-app"))
                    .answer(request(folder(work)));
            if (answer instanceof ObjectNode whole && !arguments.training.isEmpty()) {
                whole.set("relatives", relatives(work));
            }
            output.form = json ? OutputFormat.Form.JSON : output.form;
            output.print(answer, EvaluationLines.of(answer));
            return answer.path("measures").isEmpty() ? NO_NUMBER : 0;
        } finally {
            delete(work);
        }
    }

    private ObjectNode request(Path folder) {
        ObjectNode request = arguments.request();
        request.put("model", folder.toAbsolutePath().toString());
        Path home =
                SuiteArguments.usualHome().orElseGet(() -> SuiteArguments.root().resolve(".plm-frontier"));
        request.putObject("engine")
                .put("folder", home.resolve("data/trainer/engine").toString())
                .put("threads", threads == null ? Runtime.getRuntime().availableProcessors() : threads)
                .put("device", device);
        return request;
    }

    /** The model's folder; a run is exported first. */
    private Path folder(Path work) throws IOException, InterruptedException {
        Path named = SuiteArguments.userFolder().resolve(model);
        if (Files.isDirectory(named)) {
            new ModelFolder(named).require();
            return named;
        }
        if (Files.exists(named) || model.contains("/") || model.isBlank()) {
            throw new IOException("there is no folder " + named);
        }
        Path folder = work.resolve("model");
        ModelFolder exported = new ModelFolder(folder);
        exported.prepare(false);
        try (RestClient client = new RestClient(trainer.address).expecting("trainer-service")) {
            HttpHeaders unused = client.download("/models/" + model, body -> exported.unpack(body, bytes -> {}));
        } catch (IOException e) {
            throw new IOException("'" + model + "' is no folder, and no run: " + e.getMessage(), e);
        }
        return folder;
    }

    private ObjectNode relatives(Path work) throws IOException, InterruptedException {
        if (arguments.evaluated().isEmpty()) {
            throw new IOException("--training needs the evaluated proteins as a file: give --wild-type");
        }
        SuiteArguments.messages().line("searching for relatives");
        return new HomologyAudit("mmseqs")
                .of(arguments.evaluated(), arguments.training, Files.createDirectories(work.resolve("search")));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
