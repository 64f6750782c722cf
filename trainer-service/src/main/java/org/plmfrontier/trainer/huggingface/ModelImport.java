package org.plmfrontier.trainer.huggingface;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.network.ExportLayout;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * A model in the exported layout as the parameters of a run. No number is converted and none made up: every parameter must
 * be there in finite 32-bit floats, and what is there beside them must be known not to matter or be equal to what it is
 * tied to. A model with other tokens beside the 29 keeps the rows of these ({@link TokenRows}).
 */
public final class ModelImport implements TensorSource {
    private final ModelConfig config;
    private final ModelShape shape;
    private final TensorFile file;
    private final TokenRows rows;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final List<String> passedOver = new ArrayList<>();

    private ModelImport(ModelConfig config, TensorFile file, TokenRows rows) {
        this.config = config;
        this.shape = config.shape();
        this.file = file;
        this.rows = rows;
    }

    /**
     * Checks a model.
     *
     * @param config {@code config.json}
     * @param vocabulary {@code vocab.txt}; null where there is none
     * @param file {@code model.safetensors}; must stay open while the weights are read
     * @throws UnfitModelException with file and place of the first thing that does not fit
     */
    public static ModelImport of(Map<String, ?> config, @Nullable String vocabulary, TensorFile file)
            throws UnfitModelException, IOException {
        ConfigFields fields = new ConfigFields(config);
        Family family = ModelConfig.family(fields);
        ExportLayout layout = Networks.layout(family);
        DeclaredShape declared = new DeclaredShape(layout, file);
        TokenRows rows = TokenRows.of(family, vocabulary, fields.texts("vocab_list"), declared.embeddingRows());
        ModelConfig understood = ModelConfig.of(fields, rows);
        ModelShape shape = understood.shape();
        declared.require(shape);
        ModelImport model = new ModelImport(understood, file, rows);
        for (TensorSpec tensor : Networks.parameters(shape)) {
            String name = layout.exported(tensor.name());
            model.require(name, tensor);
            model.names.put(tensor.name(), name);
        }
        model.passedOver.addAll(
                new OtherTensors(shape, file).require(model.names, fields.isFalse("tie_word_embeddings")));
        for (String name : model.names.values()) {
            FiniteValues.require(name, entry(file, name).shape(), file.read(name));
        }
        return model;
    }

    public ModelShape shape() {
        return shape;
    }

    /** Whether the model's embeddings are rescaled as ESM-2's are. */
    public boolean tokenDropout() {
        return config.tokenDropout();
    }

    /** The notes as a text to be kept with the weights. */
    public String card() {
        StringBuilder card = new StringBuilder("# Imported weights\n\n");
        card.append("A model of family %s, %d layers, width %d, handed to plm-frontier.\n\n"
                .formatted(shape.family(), shape.layers(), shape.dModel()));
        notes().forEach(note -> card.append("- ").append(note).append('\n'));
        return card.toString();
    }

    /** What became of the model's tokens and tensors, one sentence each, for its card. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!rows.isIdentity()) {
            notes.add("Of the model's %d tokens the %d of plm-frontier are kept, row for row: %s (%s)."
                    .formatted(rows.rows(), Vocabulary.SIZE, mapping(), rows.source()));
        } else if (!rows.source().equals(TokenizerFiles.VOCABULARY)) {
            notes.add("Tokens: " + rows.source() + ".");
        }
        if (!rows.dropped().isEmpty()) {
            notes.add("Rows that are dropped: " + String.join(", ", rows.dropped())
                    + "; the softmax is over the tokens that are kept.");
        }
        if (!passedOver.isEmpty()) {
            notes.add("Tensors that are not kept, since masked language modelling does not use them: "
                    + String.join(", ", passedOver) + ".");
        }
        return List.copyOf(notes);
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) throws IOException {
        ByteBuffer values = file.read(Objects.requireNonNull(names.get(tensor.name()), tensor.name()));
        return isByToken(tensor) && !rows.isIdentity() ? kept(values, tensor) : values;
    }

    /** The rows of the 29 tokens in their order. */
    private ByteBuffer kept(ByteBuffer values, TensorSpec tensor) {
        int bytes = (int) (tensor.bytes() / Vocabulary.SIZE);
        ByteBuffer kept = ByteBuffer.allocate((int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int token = 0; token < Vocabulary.SIZE; token++) {
            kept.put(values.slice(rows.rowOf(token) * bytes, bytes));
        }
        return kept.flip();
    }

    private void require(String name, TensorSpec tensor) throws UnfitModelException {
        TensorFile.Entry entry = entry(file, name);
        List<Integer> wanted = new ArrayList<>(tensor.shape());
        if (isByToken(tensor)) {
            wanted.set(0, rows.rows());
        }
        if (!entry.type().equals("F32") || !entry.shape().equals(wanted)) {
            throw unfit("tensor '" + name + "' is " + entry.type() + entry.shape() + ", config.json's shape needs F32"
                    + wanted);
        }
    }

    private boolean isByToken(TensorSpec tensor) {
        return Networks.layout(shape.family()).tokenTables().contains(tensor.name());
    }

    private String mapping() {
        List<String> pairs = new ArrayList<>();
        List<String> tokens = TokenizerFiles.tokens();
        for (int token = 0; token < tokens.size(); token++) {
            pairs.add("`" + tokens.get(token) + "` " + rows.rowOf(token) + " to " + token);
        }
        return String.join(", ", pairs);
    }

    private static TensorFile.Entry entry(TensorFile file, String name) throws UnfitModelException {
        TensorFile.Entry entry = file.tensors().get(name);
        if (entry == null) {
            throw unfit("tensor '" + name + "' is missing");
        }
        return entry;
    }

    private static UnfitModelException unfit(String reason) {
        return new UnfitModelException(ModelExport.TENSORS, reason);
    }
}
