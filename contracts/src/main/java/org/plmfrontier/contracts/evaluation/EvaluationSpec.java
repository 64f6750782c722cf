package org.plmfrontier.contracts.evaluation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.plmfrontier.contracts.job.Identifiers;

/**
 * An evaluation: what is measured, on which data and how.
 *
 * @param name short and unique within a study, for people
 * @param kind what is measured
 * @param options how, by name; which there are depends on the kind
 * @param data files by role, and by name within a role
 */
public record EvaluationSpec(
        String name, EvaluationKind kind, SortedMap<String, String> options, List<EvaluationData> data) {
    /** Bytes of SHA-256 that are kept. */
    private static final int BYTES = 8;

    public EvaluationSpec {
        Identifiers.require("evaluation name", name);
        Objects.requireNonNull(kind, "kind");
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        data = data.stream()
                .sorted(Comparator.comparing(EvaluationData::role).thenComparing(EvaluationData::name))
                .toList();
    }

    /** An option's value where it was given. */
    public Optional<String> option(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The files of a role. */
    public List<EvaluationData> data(String role) {
        return data.stream().filter(file -> file.role().equals(role)).toList();
    }

    /**
     * Hash of kind, options and the files' content, 16 hexadecimal digits: equal hashes measure the same. The
     * evaluation's own name is no part of it.
     */
    public String hash() {
        StringBuilder text = new StringBuilder(kind.name());
        for (Map.Entry<String, String> option : options.entrySet()) {
            text.append('\n').append(option.getKey()).append('=').append(option.getValue());
        }
        for (EvaluationData file : data) {
            text.append('\n')
                    .append(file.role())
                    .append(' ')
                    .append(file.name())
                    .append(' ')
                    .append(file.sha256());
        }
        byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
