package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.model.CardEvaluations;
import org.plmfrontier.launcher.model.ModelFolder;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.Quantities;
import org.plmfrontier.launcher.screen.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./frontier export RUN DIR}: a trained model as other software reads it. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a run's model with tokenizer and model card in the layout of Hugging Face transformers.")
final class ExportCommand implements Callable<Integer> {
    private static final long PROGRESS_BYTES = 8 << 20;

    @Mixin
    TrainerArguments arguments = new TrainerArguments();

    @Parameters(index = "0", description = "run id")
    String run = "";

    @Parameters(index = "1", description = "folder")
    Path folder = Path.of("");

    @Option(names = "--budget", description = "the state at the end of this token budget (default: the newest)")
    @Nullable
    Double budget;

    @Option(names = "--force", description = "write over the files of an earlier export")
    boolean force;

    @Option(
            names = "--dataset",
            defaultValue = "http://127.0.0.1:8081",
            description = "address of the dataset service, for the corpus's manifest (default: ${DEFAULT-VALUE})")
    String dataset = "";

    @Option(
            names = "--fitting",
            defaultValue = "http://127.0.0.1:8080",
            description = "address of the fitting service, for evaluations (default: ${DEFAULT-VALUE})")
    String fitting = "";

    private final Terminal terminal = SuiteArguments.terminal();
    private long shown;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ModelFolder model = new ModelFolder(folder);
        try (RestClient trainer = new RestClient(arguments.address).expecting("trainer-service")) {
            JsonNode known = known(trainer.get("/models"));
            model.prepare(force);
            String query = budget == null ? "" : "?budget=" + budget;
            HttpHeaders about = trainer.download("/models/" + run + query, body -> model.unpack(body, this::show));
            addEvaluations(model, known.path("studyId").asText(), about.firstValueAsLong("X-Step"));
            addManifest(model, known.path("corpus").asText());
        }
        terminal.line("written: " + folder.resolve("model.safetensors") + ", config.json, vocab.txt, README.md");
        return 0;
    }

    private JsonNode known(JsonNode models) throws IOException {
        for (JsonNode model : models) {
            if (model.path("runId").asText().equals(run)) {
                return model;
            }
        }
        throw new IOException("there is no state of run " + run + " at " + arguments.address + "; it has "
                + models.findValuesAsText("runId"));
    }

    private void addEvaluations(ModelFolder model, String study, OptionalLong step)
            throws IOException, InterruptedException {
        try (RestClient service = new RestClient(fitting)) {
            JsonNode sheet = service.get("/studies/" + study + "/evaluations");
            Optional<String> section =
                    step.isPresent() ? CardEvaluations.of(sheet, run, step.getAsLong()) : Optional.empty();
            if (section.isPresent()) {
                model.addToCard(section.get());
            } else {
                terminal.line("without evaluations: this state was not measured");
            }
        } catch (IOException e) {
            terminal.line("without evaluations: " + e.getMessage());
        }
    }

    private void addManifest(ModelFolder model, String corpus) throws IOException, InterruptedException {
        try (RestClient service = new RestClient(dataset)) {
            JsonNode manifest = service.get("/corpora/" + corpus).path("manifest");
            model.addManifest(manifest.toPrettyString());
        } catch (IOException e) {
            terminal.line("without the corpus's manifest: " + e.getMessage());
        }
    }

    private void show(long bytes) {
        if (terminal.isInteractive() && bytes - shown >= PROGRESS_BYTES) {
            shown = bytes;
            terminal.live(List.of(Quantities.si(bytes) + "B"));
        }
    }
}
