package org.plmfrontier.trainer.huggingface;

import java.util.List;
import java.util.Map;

/** One file of an exported model. */
public sealed interface ModelFile {
    String name();

    /** A text as it is. */
    record Text(String name, String content) implements ModelFile {}

    /** A JSON object; its values are texts, numbers, booleans, lists and nulls. */
    record Json(String name, Map<String, ?> content) implements ModelFile {}

    /** Tensors in the format of safetensors. */
    record Tensors(String name, List<NamedTensor> content) implements ModelFile {
        public Tensors {
            content = List.copyOf(content);
        }
    }
}
