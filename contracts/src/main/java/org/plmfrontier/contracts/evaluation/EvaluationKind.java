package org.plmfrontier.contracts.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is measured, with the roles of its files and the names of its options. */
public enum EvaluationKind {
    /** Zero-shot scores of substitutions against deep mutational scans (Meier et al. 2021). */
    VARIANT_EFFECT(
            List.of("scores", "wildType"),
            List.of("reference"),
            Map.of(
                    "scoring",
                    OptionForm.oneOf("wt-marginals", "masked-marginals", "likelihood"),
                    "offset",
                    OptionForm.WHOLE,
                    "context",
                    OptionForm.WHOLE,
                    "seed",
                    OptionForm.WHOLE)),
    /** Three-state secondary structure by a linear probe on frozen embeddings (Elnaggar et al. 2021). */
    SECONDARY_STRUCTURE(
            List.of("training", "validation"),
            List.of(),
            Map.of(
                    "layer",
                    OptionForm.TEXT,
                    "maxResidues",
                    OptionForm.WHOLE,
                    "trainingProteins",
                    OptionForm.WHOLE,
                    "validationProteins",
                    OptionForm.WHOLE,
                    "lambda",
                    OptionForm.POSITIVE,
                    "quick",
                    OptionForm.FLAG,
                    "seed",
                    OptionForm.WHOLE)),
    /** Contacts by a logistic regression on attention maps (Rao et al. 2020). */
    CONTACTS(
            List.of(),
            List.of("proteins", "contacts", "trainingProteins", "trainingContacts", "structures", "trainingStructures"),
            Map.of(
                    "maxLength",
                    OptionForm.WHOLE,
                    "trainingProteins",
                    OptionForm.WHOLE,
                    "chain",
                    OptionForm.TEXT,
                    "lambda",
                    OptionForm.POSITIVE,
                    "seed",
                    OptionForm.WHOLE)),
    /** Perplexity of proteins under several maskings, and pseudo-perplexity (Serrano et al. 2024). */
    PERPLEXITY(
            List.of("proteins"),
            List.of(),
            Map.of(
                    "maskings",
                    OptionForm.WHOLE,
                    "pseudoSequences",
                    OptionForm.WHOLE,
                    "proteins",
                    OptionForm.WHOLE,
                    "context",
                    OptionForm.WHOLE,
                    "seed",
                    OptionForm.WHOLE));

    private final List<String> roles;
    private final List<String> furtherRoles;
    private final Map<String, OptionForm> options;

    EvaluationKind(List<String> roles, List<String> furtherRoles, Map<String, OptionForm> options) {
        this.roles = roles;
        this.furtherRoles = furtherRoles;
        this.options = options;
    }

    /** As people write it, for example {@code variant-effect}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind that people write so. */
    public static Optional<EvaluationKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }

    /** Roles of which there is at least one file each. */
    public List<String> roles() {
        return roles;
    }

    /** Roles of which there may be files. */
    public List<String> furtherRoles() {
        return furtherRoles;
    }

    /** Names of the options there are. */
    public Set<String> options() {
        return options.keySet();
    }

    /** What the value of one of the options must look like. */
    public OptionForm form(String option) {
        return Objects.requireNonNull(options.get(option), option);
    }
}
