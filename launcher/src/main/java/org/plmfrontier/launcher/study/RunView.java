package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalDouble;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * One run as the fitting service answers.
 *
 * @param parameters N of the fits; of Table 6 for runs of the suite
 * @param lossNats smoothed current training loss, absent before the first slice
 * @param heldOutNats last held-out loss, absent before the first budget's end
 * @param onMaskNats the same on the residues that show MASK, absent where the loss has no parts
 * @param verdict plateau verdict, for example {@code NOT_YET}
 * @param reason one sentence behind the verdict
 */
@StagedBuilder
public record RunView(
        String runId,
        String name,
        long parameters,
        String state,
        double tokens,
        double computeFlops,
        double expectedFlops,
        OptionalDouble lossNats,
        OptionalDouble heldOutNats,
        OptionalDouble onMaskNats,
        double tokensPerSecond,
        String verdict,
        String reason) {

    static RunView of(JsonNode json) {
        JsonNode plateau = json.path("plateau");
        return RunViewBuilder.builder()
                .runId(json.get("runId").asText())
                .name(json.get("name").asText())
                .parameters(parameters(json))
                .state(json.get("state").asText())
                .tokens(json.path("tokens").asDouble())
                .computeFlops(json.path("computeFlops").asDouble())
                .expectedFlops(json.path("expectedFlops").asDouble())
                .lossNats(number(json.path("lossNats")))
                .heldOutNats(number(json.path("heldOutNats")))
                .onMaskNats(number(json.path("heldOutParts").path("mask").path("lossNats")))
                .tokensPerSecond(json.path("tokensPerSecond").asDouble())
                .verdict(plateau.path("verdict").asText("NOT_YET"))
                .reason(plateau.path("reason").asText(""))
                .build();
    }

    /** Whether no further slice will be trained. */
    public boolean isOver() {
        return state.equals("COMPLETED") || state.equals("DIVERGED") || state.equals("STOPPED");
    }

    /** Share of the run's FLOPs that is done, 0 to 1. */
    public double progress() {
        return expectedFlops > 0 ? Math.min(1, computeFlops / expectedFlops) : 0;
    }

    private static long parameters(JsonNode json) {
        return json.get("size").asLong();
    }

    private static OptionalDouble number(JsonNode json) {
        return json.isNumber() ? OptionalDouble.of(json.asDouble()) : OptionalDouble.empty();
    }
}
