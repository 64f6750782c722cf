package org.plmfrontier.trainer.transformer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.plmfrontier.trainer.network.ConfigField;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.network.SizeEvidence;

/**
 * transformers' {@code EsmForMaskedLM} (configuration_esm.py, modeling_esm.py). The output matrix {@code
 * lm_head.decoder.weight} is tied to the embedding and has no entry of its own.
 */
public record EsmLayout() implements ExportLayout {
    /** The order of every published ESM-2 (fair-esm, data.py, Alphabet ESM-1b; vocab.txt of facebook/esm2). */
    public static final List<String> PUBLISHED_TOKENS = List.of(
            "<cls> <pad> <eos> <unk> L A G V S E R T I D P K Q N F Y M H W C X B U Z O . - <null_1> <mask>".split(" "));

    private static final String LAYER = "layers.";
    private static final String EMBEDDING = "embed_tokens.weight";
    private static final Map<String, String> IN_LAYER = inLayer();
    private static final Map<String, String> OUTSIDE = Map.of(
            EMBEDDING,
            "esm.embeddings.word_embeddings.weight",
            "emb_layer_norm_after.weight",
            "esm.encoder.emb_layer_norm_after.weight",
            "emb_layer_norm_after.bias",
            "esm.encoder.emb_layer_norm_after.bias");

    /** Contact head, pooler, and positions of models that have no rotary ones. */
    private static final Pattern UNUSED = Pattern.compile("esm\\.contact_head\\.regression\\.(weight|bias)"
            + "|esm\\.pooler\\.dense\\.(weight|bias)|esm\\.embeddings\\.position_(ids|embeddings\\.weight)");

    @Override
    public String modelType() {
        return "esm";
    }

    @Override
    public String className() {
        return "EsmForMaskedLM";
    }

    @Override
    public String library() {
        return "transformers";
    }

    @Override
    public String loading() {
        return "Load with `EsmForMaskedLM.from_pretrained` and `EsmTokenizer.from_pretrained`."
                + " The contact head is not trained and not stored.";
    }

    @Override
    public List<ConfigField> fields() {
        return EsmConfigFields.ENCODER;
    }

    @Override
    public SizeEvidence evidence() {
        return new SizeEvidence(
                exported(EMBEDDING),
                "esm.encoder.layer.0.intermediate.dense.weight",
                1,
                Pattern.compile("esm\\.encoder\\.layer\\.(\\d{1,9})\\..+"));
    }

    @Override
    public String exported(String parameter) {
        if (parameter.startsWith(LAYER)) {
            int dot = parameter.indexOf('.', LAYER.length());
            String layer = parameter.substring(LAYER.length(), dot);
            return "esm.encoder.layer." + layer + "." + inLayer(parameter.substring(dot + 1));
        }
        return OUTSIDE.getOrDefault(parameter, parameter);
    }

    @Override
    public Set<String> tokenTables() {
        return Set.of(EMBEDDING, "lm_head.bias");
    }

    @Override
    public Optional<PublishedTokens> publishedTokens() {
        return Optional.of(new PublishedTokens("ESM-2", PUBLISHED_TOKENS));
    }

    @Override
    public Optional<Pattern> unused() {
        return Optional.of(UNUSED);
    }

    @Override
    public Optional<TiedOutput> tiedOutput() {
        return Optional.of(new TiedOutput("lm_head.decoder.weight", EMBEDDING));
    }

    /** The rotary frequencies, a buffer that transformers stores with each layer. */
    static String rotary(int layer) {
        return "esm.encoder.layer." + layer + ".attention.self.rotary_embeddings.inv_freq";
    }

    private static String inLayer(String name) {
        int dot = name.lastIndexOf('.');
        String module = IN_LAYER.get(name.substring(0, dot));
        if (module == null) {
            throw new IllegalArgumentException("an ESM-2 layer has no parameter '" + name + "'");
        }
        return module + name.substring(dot);
    }

    private static Map<String, String> inLayer() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("self_attn.q_proj", "attention.self.query");
        names.put("self_attn.k_proj", "attention.self.key");
        names.put("self_attn.v_proj", "attention.self.value");
        names.put("self_attn.out_proj", "attention.output.dense");
        names.put("self_attn_layer_norm", "attention.LayerNorm");
        names.put("fc1", "intermediate.dense");
        names.put("fc2", "output.dense");
        names.put("final_layer_norm", "LayerNorm");
        return names;
    }
}
