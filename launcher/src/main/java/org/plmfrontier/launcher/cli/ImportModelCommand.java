package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.plmfrontier.launcher.model.ModelFolder;
import org.plmfrontier.launcher.rest.RestClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./frontier import-model DIR}: a model that studies can begin with. */
@Command(
        name = "import-model",
        mixinStandardHelpOptions = true,
        description =
                "Hands a model in the exported layout to the trainers and prints the name under which a study asks"
                        + " for it (initialWeights).")
final class ImportModelCommand implements Callable<Integer> {
    @Mixin
    TrainerArguments arguments = new TrainerArguments();

    @Parameters(index = "0", description = "folder with config.json, model.safetensors and, of other tokens, vocab.txt")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path zip = Files.createTempFile("model-", ".zip");
        try (RestClient trainer = new RestClient(arguments.address).expecting("trainer-service")) {
            new ModelFolder(folder).pack(zip);
            JsonNode kept = trainer.post("/models", "application/zip", zip).body();
            System.out.println(kept.toPrettyString());
        } finally {
            Files.deleteIfExists(zip);
        }
        return 0;
    }
}
