package org.plmfrontier.dataset.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.dataset.evaluation.WantedEvaluation;
import org.plmfrontier.dataset.refusal.RefusedException;

/** Evaluations in a request. */
final class EvaluationField {
    /**
     * An evaluation that is asked for.
     *
     * @param name unique within the study, 1 to 100 of a-z, 0-9, '.', '_', '-'
     * @param kind variant-effect, secondary-structure, contacts or perplexity
     * @param files role to a file or a list of files, each an absolute path or an address, as of a corpus
     * @param options by name: numbers, texts, true or false; which there are depends on the kind
     * @param everyPercent also within runs, at every so many per cent of a run's compute; absent: at the ends of budgets alone
     */
    record EvaluationRequest(
            String name,

            @Schema(description = "variant-effect, secondary-structure, contacts or perplexity")
            String kind,

            @Schema(implementation = Map.class) JsonNode files,

            @Schema(implementation = Map.class) @Nullable JsonNode options,

            @Schema(
                    description =
                            "also within runs, at every so many per cent of a run's compute, 1 to 50; absent: at the ends of budgets alone")
            @Nullable
            Double everyPercent) {}

    private final JsonFields fields;

    EvaluationField(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * The evaluations of a field.
     *
     * @param json a list of objects; null where the field is absent
     * @throws org.plmfrontier.runtime.json.InvalidFieldsException with everything that is wrong
     */
    List<WantedEvaluation> readAll(String field, @Nullable JsonNode json) {
        List<WantedEvaluation> read = new ArrayList<>();
        if (json == null || json.isNull() || json.isMissingNode()) {
            return read;
        }
        if (!json.isArray()) {
            throw new RefusedException(field, field + " must be a list of evaluations, got " + json.getNodeType());
        }
        JsonFields.Parts parts = new JsonFields.Parts();
        for (int i = 0; i < json.size(); i++) {
            String path = field + "[" + i + "]";
            JsonNode one = json.get(i);
            parts.read(() -> read(path, one)).ifPresent(read::add);
        }
        parts.check();
        return read;
    }

    private WantedEvaluation read(String path, JsonNode json) {
        EvaluationRequest request = fields.read(path, json, EvaluationRequest.class);
        EvaluationKind kind = EvaluationKind.of(request.kind())
                .orElseThrow(() -> new RefusedException(
                        path + ".kind",
                        path + ".kind must be one of "
                                + List.of(EvaluationKind.values()).stream()
                                        .map(EvaluationKind::text)
                                        .toList()
                                + ", got '" + request.kind() + "'"));
        return new WantedEvaluation(
                path,
                request.name(),
                kind,
                files(path + ".files", request.files()),
                options(path, request.options()),
                request.everyPercent());
    }

    private static Map<String, List<String>> files(String path, JsonNode json) {
        Map<String, List<String>> files = new TreeMap<>();
        requireObject(path, json);
        json.properties().forEach(role -> {
            List<String> ofRole = new ArrayList<>();
            List<JsonNode> named = new ArrayList<>();
            if (role.getValue().isArray()) {
                role.getValue().forEach(named::add);
            } else {
                named.add(role.getValue());
            }
            for (JsonNode file : named) {
                if (!file.isTextual() || file.textValue().isBlank()) {
                    throw new RefusedException(
                            path + "." + role.getKey(), path + "." + role.getKey() + " must name files, got " + file);
                }
                ofRole.add(file.textValue());
            }
            files.put(role.getKey(), ofRole);
        });
        return files;
    }

    private static Map<String, String> options(String path, @Nullable JsonNode json) {
        Map<String, String> options = new TreeMap<>();
        if (json == null || json.isNull()) {
            return options;
        }
        requireObject(path + ".options", json);
        json.properties().forEach(option -> {
            if (!option.getValue().isValueNode() || option.getValue().isNull()) {
                throw new RefusedException(
                        path + ".options." + option.getKey(),
                        path + ".options." + option.getKey() + " must be a number, a text, true or false, got "
                                + option.getValue());
            }
            options.put(option.getKey(), option.getValue().asText());
        });
        return options;
    }

    private static void requireObject(String path, JsonNode json) {
        if (!json.isObject()) {
            throw new RefusedException(path, path + " must be an object, got " + json);
        }
    }
}
