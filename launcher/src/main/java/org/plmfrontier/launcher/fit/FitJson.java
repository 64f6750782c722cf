package org.plmfrontier.launcher.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.frontier.FrontierPoint;
import org.plmfrontier.fitting.plateau.PlateauVerdict;
import org.plmfrontier.fitting.quantity.Estimate;
import org.plmfrontier.fitting.quantity.FitOutcome;

/** The JSON that {@code ./frontier fit} prints: one object per method, and what was found wrong with the file. */
public final class FitJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private FitJson() {}

    /** All answers. */
    public static String of(FileFit fit) {
        Map<String, Object> document = new LinkedHashMap<>();
        fit.answers().forEach((method, answer) -> document.put(method.label(), answer(answer)));
        document.put("findings", fit.findings());
        return write(document);
    }

    /**
     * An error in the form in which results would have come.
     *
     * @param place the row and column to blame, where it is about one
     */
    public static String error(String sentence, Optional<BadInputException.Place> place) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("error", sentence);
        place.ifPresent(found -> {
            document.put("row", found.row());
            document.put("column", found.column());
        });
        return write(document);
    }

    private static Map<String, Object> answer(FitOutcome<MethodFit> answer) {
        return switch (answer) {
            case FitOutcome.Fitted<MethodFit> fitted -> result(fitted.value());
            case FitOutcome.NotIdentifiable<MethodFit> refusal -> refusal("NOT_IDENTIFIABLE", refusal.reason());
            case FitOutcome.NotConverged<MethodFit> failure -> refusal("NOT_CONVERGED", failure.reason());
        };
    }

    private static Map<String, Object> refusal(String outcome, String reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("outcome", outcome);
        json.put("reason", reason);
        return json;
    }

    private static Map<String, Object> result(MethodFit fit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("coefficients", fit.coefficients());
        putEstimate(json, "a", fit.a());
        putEstimate(json, "b", fit.b());
        if (!fit.estimates().isEmpty()) {
            json.put("estimates", fit.estimates());
        }
        json.put("points", fit.points().stream().map(FitJson::point).toList());
        if (!fit.verdicts().isEmpty()) {
            json.put("verdicts", verdicts(fit.verdicts()));
        }
        fit.pooled().ifPresent(pooled -> json.put("pooled", verdict(pooled.verdict())));
        fit.second()
                .ifPresent(second -> json.put(
                        "second",
                        Map.of(
                                "a", second.surface().a(),
                                "b", second.surface().b(),
                                "objectiveRatio", second.objectiveRatio())));
        json.put("convention", fit.convention());
        json.put("convergence", fit.convergence());
        json.put("flags", fit.flags());
        json.put("used", fit.used());
        json.put("excluded", fit.excluded());
        json.put("bootstrap", fit.bootstrap());
        return json;
    }

    private static Map<String, Object> point(FrontierPoint point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("budgetFlops", point.budgetFlops());
        json.put("nOpt", point.nOpt());
        json.put("dOpt", point.dOpt());
        json.put("tokensPerParameter", point.tokensPerParameter());
        json.put("lossNats", point.lossNats().result());
        if (point.lossNats() instanceof FitOutcome.NotIdentifiable<Estimate>(String reason)) {
            json.put("lossReason", reason);
        }
        return json;
    }

    private static void putEstimate(Map<String, Object> json, String name, Optional<Estimate> estimate) {
        estimate.ifPresent(present -> json.put(name, present));
    }

    private static Map<String, Object> verdicts(Map<String, PlateauVerdict> verdicts) {
        Map<String, Object> json = new LinkedHashMap<>();
        verdicts.forEach((run, verdict) -> json.put(run, verdict(verdict)));
        return json;
    }

    private static Map<String, Object> verdict(PlateauVerdict verdict) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", name(verdict));
        json.put("detail", verdict);
        return json;
    }

    /** NotYet becomes NOT_YET. */
    private static String name(PlateauVerdict verdict) {
        return verdict.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT);
    }

    private static String write(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }
}
