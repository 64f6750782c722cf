package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Locale;

/** A column that the table reader knows, with the names under which common exports carry it. */
public enum Column {
    /** Identity of the run; each row is a run of its own where the column is absent. */
    RUN("run", List.of("run_name", "run_id", "name", "model")),
    /** Parameters. */
    N("N", List.of("params", "parameters", "num_params", "n_params", "model_size")),
    /** Tokens seen. */
    D("D", List.of("tokens", "num_tokens", "n_tokens", "tokens_seen")),
    /** Training FLOPs; 6 N D where the column is absent. */
    C("C", List.of("flops", "compute", "total_flops", "train_flops", "computeFlops")),
    /** Nats per residue or token. */
    LOSS("loss", List.of("lossNats", "train_loss", "val_loss", "eval_loss", "validation_loss")),
    /** Optimiser step. */
    STEP("step", List.of("_step", "global_step", "iteration")),
    /** Learning rate. */
    LR("lr", List.of("learning_rate", "learningRate")),
    /** Tokens of one epoch. */
    UNIQUE_TOKENS("unique_tokens", List.of("uniqueTokens")),
    /** Passes over the data. */
    EPOCHS("epochs", List.of("epoch")),
    /** What must not be mixed in one fit: corpus, mask ratio, tokenizer, held-out set. */
    GROUP("group", List.of());

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
    private final List<String> aliases;

    Column(String label, List<String> aliases) {
        this.label = label;
        this.aliases = aliases;
    }

    /** The name in the suite's own files. */
    public String label() {
        return label;
    }

    /** Whether a header names this column, upper and lower case alike. */
    boolean answersTo(String header) {
        String wanted = header.trim().toLowerCase(Locale.ROOT);
        return label.toLowerCase(Locale.ROOT).equals(wanted)
                || aliases.stream()
                        .anyMatch(alias -> alias.toLowerCase(Locale.ROOT).equals(wanted));
    }
}
