package org.plmfrontier.trainer.huggingface;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.token.Vocabulary;

/**
 * What transformers' {@code EsmTokenizer} reads: one token per line in the order of their ids, and which of them have a
 * part to play. START is {@code <cls>} and END {@code <eos>} there. The 29 tokens hold no {@code <unk>}; an unknown letter
 * is an unknown residue, X.
 */
final class TokenizerFiles {
    static final String VOCABULARY = "vocab.txt";
    private static final int MODEL_MAX_LENGTH = 1026;
    private static final Map<Byte, String> SPECIAL = Map.of(
            Vocabulary.PAD, "<pad>",
            Vocabulary.START, "<cls>",
            Vocabulary.END, "<eos>",
            Vocabulary.MASK, "<mask>");

    private TokenizerFiles() {}

    static List<ModelFile> all() {
        return List.of(
                new ModelFile.Text(VOCABULARY, String.join("\n", tokens()) + "\n"),
                new ModelFile.Json("tokenizer_config.json", config()),
                new ModelFile.Json("special_tokens_map.json", specialTokens()));
    }

    /** The tokens by id. */
    static List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        for (byte id = 0; id < Vocabulary.SIZE; id++) {
            tokens.add(SPECIAL.getOrDefault(id, String.valueOf(Vocabulary.letterOf(id))));
        }
        return tokens;
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "EsmTokenizer");
        config.put("model_max_length", MODEL_MAX_LENGTH);
        config.put("clean_up_tokenization_spaces", false);
        config.putAll(specialTokens());
        return config;
    }

    private static Map<String, String> specialTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("cls_token", "<cls>");
        tokens.put("eos_token", "<eos>");
        tokens.put("mask_token", "<mask>");
        tokens.put("pad_token", "<pad>");
        tokens.put("unk_token", "X");
        return tokens;
    }
}
