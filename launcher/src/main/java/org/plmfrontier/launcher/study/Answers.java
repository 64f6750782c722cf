package org.plmfrontier.launcher.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.plmfrontier.launcher.rest.RestClient;

/** The answers of a study for a budget, one per family. */
public final class Answers {
    private Answers() {}

    /**
     * Asks for the answers of all families that have been fitted.
     *
     * @param budgetFlops ten times what each family was trained with where it is empty
     * @throws org.plmfrontier.launcher.rest.RefusedException where there is no such study, or the budget is none
     */
    public static List<JsonNode> ofAll(RestClient fitting, String study, OptionalDouble budgetFlops)
            throws IOException, InterruptedException {
        List<JsonNode> answers = new ArrayList<>();
        for (JsonNode family : fitting.get("/studies/" + study + "/families")) {
            answers.add(of(fitting, study, family.path("family").asText(), budgetFlops));
        }
        return answers;
    }

    /** The answer of one family. */
    public static JsonNode of(RestClient fitting, String study, String family, OptionalDouble budgetFlops)
            throws IOException, InterruptedException {
        String budget = budgetFlops.isPresent() ? "&budgetFlops=" + budgetFlops.getAsDouble() : "";
        return fitting.get(
                "/studies/" + study + "/answer?family=" + URLEncoder.encode(family, StandardCharsets.UTF_8) + budget);
    }
}
