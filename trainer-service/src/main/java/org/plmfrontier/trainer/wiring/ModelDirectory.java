package org.plmfrontier.trainer.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.huggingface.ModelImport;
import org.plmfrontier.trainer.huggingface.TensorFile;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;

/** A folder with a model in the exported layout, or that of a published ESM-2, open for reading. */
final class ModelDirectory implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TensorFile file;
    private final ModelImport model;

    private ModelDirectory(TensorFile file, ModelImport model) {
        this.file = file;
        this.model = model;
    }

    /**
     * Opens a folder.
     *
     * @throws UnfitModelException with file and place of the first thing that does not fit
     */
    static ModelDirectory open(Path folder) throws IOException, UnfitModelException {
        Map<String, Object> config = config(text(folder.resolve("config.json")));
        Path vocabulary = folder.resolve("vocab.txt");
        @Nullable String tokens = Files.exists(vocabulary) ? text(vocabulary) : null;
        TensorFile file = SafetensorsModels.open(folder.resolve("model.safetensors"));
        try {
            return new ModelDirectory(file, ModelImport.of(config, tokens, file));
        } catch (IOException | UnfitModelException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    ModelImport model() {
        return model;
    }

    /** Puts the model on a device, in 32-bit floats. */
    ProteinModel load(TrainingEngine engine) throws IOException {
        return engine.open(new ModelSettings(model.shape(), Optimizer.adamW()), model.tokenDropout(), model);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static Map<String, Object> config(String text) throws UnfitModelException {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UnfitModelException("config.json", "is no JSON object: " + e.getOriginalMessage());
        }
    }

    private static String text(Path file) throws IOException, UnfitModelException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new UnfitModelException(file.getFileName().toString(), "is no UTF-8");
        }
    }
}
