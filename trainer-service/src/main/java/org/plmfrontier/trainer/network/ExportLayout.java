package org.plmfrontier.trainer.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the models of a family are written as files, and what must be true of files that are read as such: {@code config.json}
 * and the names in {@code model.safetensors}. The defaults are those of a layout of this project's own: parameters under
 * their names in the script's order, the 29 tokens in their own order, nothing else in the file.
 */
public interface ExportLayout {
    /** {@code model_type}; no two families share one. */
    String modelType();

    /** The one entry of {@code architectures}. */
    String className();

    /** {@code library_name} of the model card: what loads the files. */
    default String library() {
        return "plm-frontier";
    }

    /** For the model card: how the files are loaded, and what is not in them. */
    default String loading() {
        return "The layout is plm-frontier's own: `config.json` gives the shape, `model.safetensors` the"
                + " parameters under the names of the trainer's parameter table.";
    }

    /** Fields of {@code config.json} that not every layout has, in order. */
    List<ConfigField> fields();

    /** By which tensors of a file its declared sizes are checked. */
    SizeEvidence evidence();

    /** The name of a parameter in the file. */
    default String exported(String parameter) {
        return parameter;
    }

    /** Parameters that have a row per token; none where the tokens must stand in this project's order. */
    default Set<String> tokenTables() {
        return Set.of();
    }

    /** The order of tokens of published models that come without a vocabulary file. */
    default Optional<PublishedTokens> publishedTokens() {
        return Optional.empty();
    }

    /** Names of tensors that a file may hold and that the language model does not compute with. */
    default Optional<Pattern> unused() {
        return Optional.empty();
    }

    /** An output matrix that a file may hold although it is a parameter under another name. */
    default Optional<TiedOutput> tiedOutput() {
        return Optional.empty();
    }

    /** An output matrix {@code name} in the file that must be equal to the parameter. */
    record TiedOutput(String name, String parameter) {}

    /** Tokens by row of a published model. */
    record PublishedTokens(String model, List<String> tokens) {
        public PublishedTokens {
            tokens = List.copyOf(tokens);
        }
    }
}
