package org.plmfrontier.fitting.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A column that the table reader knows, with the names under which common exports carry it. */
public enum Column {
    /** Identity of the run; each row is a run of its own where the column is absent. */
    RUN("run", "runname", "runid", "name", "model", "modelname", "experiment"),
    /** Parameters. */
    N(
            "N",
            "params",
            "parameters",
            "numparams",
            "nparams",
            "numparameters",
            "nparameters",
            "modelsize",
            "paramcount",
            "parametercount",
            "totalparams",
            "totalparameters",
            "nparamstotal",
            "modelparams",
            "modelparameters",
            "trainableparams",
            "trainableparameters",
            "paramsn",
            "nparam",
            "totalparam"),
    /** Tokens seen. */
    D(
            "D",
            "tokens",
            "numtokens",
            "ntokens",
            "tokensseen",
            "seentokens",
            "traintokens",
            "trainingtokens",
            "totaltokens",
            "tokenstrained",
            "trainedtokens",
            "consumedtokens",
            "tokensconsumed",
            "numtokensseen",
            "dtokens",
            "tokensd"),
    /** Training FLOPs; 6 N D where the column is absent. */
    C(
            "C",
            "flops",
            "flop",
            "compute",
            "totalflops",
            "trainflops",
            "trainingflops",
            "computeflops",
            "numflops",
            "nflops",
            "totalcompute",
            "traincompute",
            "trainingcompute",
            "budgetflops",
            "flopsbudget",
            "flopbudget",
            "computebudget",
            "cflops",
            "flopstotal",
            "totaltrainflops",
            "totaltrainingflops"),
    /** Nats per residue or token; headers of losses are read by {@link LossName}. */
    LOSS("loss"),
    /** Optimiser step. */
    STEP(
            "step",
            "steps",
            "globalstep",
            "trainerglobalstep",
            "trainglobalstep",
            "iteration",
            "iterations",
            "iter",
            "optimizerstep",
            "optimiserstep",
            "trainstep",
            "trainingstep",
            "updates",
            "numupdates"),
    /** Learning rate. */
    LR("lr", "learningrate", "trainlr", "trainlearningrate"),
    /** Tokens of one epoch. */
    UNIQUE_TOKENS("unique_tokens", "uniquetokens", "nuniquetokens"),
    /** Passes over the data. */
    EPOCHS("epochs", "epoch", "trainepoch"),
    /** What must not be mixed in one fit: corpus, mask ratio, tokenizer, held-out set. */
    GROUP("group"),
    /** The best N for C, in a table of optima. */
    N_OPT(
            "N_opt",
            "optn",
            "noptimal",
            "optimaln",
            "paramsopt",
            "optparams",
            "optimalparams",
            "paramsoptimal",
            "optimalparameters",
            "parametersopt",
            "nparamsopt",
            "bestn",
            "bestparams",
            "nstar"),
    /** The best D for C, in a table of optima. */
    D_OPT(
            "D_opt",
            "optd",
            "doptimal",
            "optimald",
            "tokensopt",
            "opttokens",
            "optimaltokens",
            "tokensoptimal",
            "bestd",
            "besttokens",
            "dstar");

    private static final Set<String> WITHOUT =
            Set.of("non", "no", "without", "wo", "excl", "excluding", "nonembedding", "nonemb");
    private static final Set<String> EMBEDDING =
            Set.of("emb", "embed", "embedding", "embeddings", "nonembedding", "nonemb");
    private static final int NON_EMBEDDING = 5;
    private static final int ACTIVE = 6;

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // always made by List.of
    private final List<String> aliases;

    Column(String label, String... aliases) {
        this.label = label;
        this.aliases = List.of(aliases);
    }

    /** The name in the suite's own files. */
    public String label() {
        return label;
    }

    /** Whether the cells are numbers. */
    boolean isNumeric() {
        return this != RUN && this != GROUP;
    }

    /** Whether the cells are counts, whose suffixes such as M and B are multiples. */
    boolean isCount() {
        return isNumeric() && !isFraction();
    }

    /** Whether the cells are numbers below a thousand, so that a comma in them cannot group thousands. */
    boolean isFraction() {
        return this == LOSS || this == LR || this == EPOCHS;
    }

    /** Names that this column may have, joined to one word, lower case. */
    List<String> names() {
        List<String> own = List.of(label.toLowerCase(Locale.ROOT).replace("_", ""));
        return java.util.stream.Stream.concat(own.stream(), aliases.stream()).toList();
    }

    /** How well a header answers to this column, the lowest best; empty where it does not. */
    OptionalInt rank(HeaderName name) {
        if (this == LOSS) {
            Optional<LossName> loss = LossName.of(name);
            return loss.isPresent() ? OptionalInt.of(loss.get().rank()) : OptionalInt.empty();
        }
        if (name.text().equalsIgnoreCase(label)) {
            return OptionalInt.of(0);
        }
        if (names().contains(name.joined())) {
            return OptionalInt.of(name.text().startsWith("_") ? 2 : 1);
        }
        return this == N ? rankOfPart(name) : OptionalInt.empty();
    }

    private OptionalInt rankOfPart(HeaderName name) {
        boolean without = name.words().stream().anyMatch(WITHOUT::contains)
                && name.words().stream().anyMatch(EMBEDDING::contains);
        String rest = String.join(
                "",
                name.words().stream()
                        .filter(word -> !(without && (WITHOUT.contains(word) || EMBEDDING.contains(word))))
                        .filter(word -> !word.equals("active"))
                        .toList());
        boolean part = without || name.words().contains("active");
        return part && names().contains(rest) ? OptionalInt.of(without ? NON_EMBEDDING : ACTIVE) : OptionalInt.empty();
    }
}
