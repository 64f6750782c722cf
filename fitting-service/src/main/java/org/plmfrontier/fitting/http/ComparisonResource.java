package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.publication.ComparedFamily;
import org.plmfrontier.fitting.publication.StudyComparisonView;

/** Studies beside each other; computed on the thread of the request. */
@Path("/comparisons")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "forecasts")
public class ComparisonResource {
    private static final int FEWEST = 2;
    private static final int MOST = 8;

    private final LatestFits fits;
    private final StudyForecasts forecasts;

    public ComparisonResource(LatestFits fits, StudyForecasts forecasts) {
        this.fits = fits;
        this.forecasts = forecasts;
    }

    @GET
    @Operation(
            operationId = "compareStudies",
            summary = "Two to eight studies or families beside each other",
            description =
                    "Each 'study' is the id of one, of which all families take part, or 'ID:FAMILY'; the first is the one that the"
                            + " others are compared with. Per member final losses, envelope, the least loss over compute, the"
                            + " forecast at the budget and exponents by method; per other member the differences of exponents, of"
                            + " the loss at 'budgetFlops' (by default the most that every member has trained; all compute is"
                            + " 6 N D) and the factor of compute, each with its interval, and a verdict in words. 'caveats' say"
                            + " where losses are of other proteins or of another task, and what is extrapolated. 400 for fewer than"
                            + " two members, more than eight, or one twice; 404 for an unknown study; 422 more than 10,000"
                            + " times beyond what a member has trained.")
    public StudyComparisonView compare(
            @Parameter(description = "a study, or ID:FAMILY; two to eight members in all", required = true)
                    @QueryParam("study")
                    @Nullable
                    List<String> studies,
            @Parameter(description = "training FLOPs at which losses are compared, 6 N D")
                    @QueryParam("budgetFlops")
                    @Nullable
                    String budgetFlops) {
        OptionalDouble asked = Parameters.budget(budgetFlops);
        List<ComparedFamily> members = new ArrayList<>();
        for (Named one : named(studies == null ? List.of() : studies)) {
            members.add(
                    one.family() == null
                            ? ComparedFamily.unfitted(one.fitted().fit().study())
                            : forecasts.member(one.fitted().fit(), one.family()));
        }
        OptionalDouble budget = asked.isPresent() ? asked : StudyComparisonView.usualBudget(members);
        if (budget.isPresent()) {
            StudyComparisonView.refusal(members, budget.getAsDouble()).ifPresent(reason -> {
                throw Refused.tooFar("budgetFlops", reason);
            });
        }
        return StudyComparisonView.of(members, budget);
    }

    /** A member before anything is forecast. */
    private record Named(FittedStudy fitted, @Nullable FamilyFit family) {
        String key() {
            return fitted.fit().study().id() + ":" + (family == null ? "" : family.family());
        }
    }

    /** The members in order, every family of a study that is named alone. */
    private List<Named> named(List<String> texts) {
        List<Named> all = texts.stream().flatMap(this::families).toList();
        if (all.size() < FEWEST || all.size() > MOST) {
            throw Refused.badField(
                    "study",
                    "a comparison has " + FEWEST + " to " + MOST + " members, got " + all.size()
                            + ": name each by study=ID or study=ID:FAMILY; ID alone means all its families");
        }
        Set<String> seen = new HashSet<>();
        for (Named one : all) {
            if (!seen.add(one.key())) {
                throw Refused.badField(
                        "study", "study '" + one.fitted().fit().study().id() + "' is named twice with one family");
            }
        }
        return all;
    }

    private Stream<Named> families(String text) {
        int colon = text.indexOf(':');
        FittedStudy fitted = fits.of(colon < 0 ? text : text.substring(0, colon));
        List<FamilyFit> families = List.copyOf(fitted.fit().families().values());
        if (families.isEmpty()) {
            return Stream.of(new Named(fitted, null));
        }
        return colon < 0
                ? families.stream().map(family -> new Named(fitted, family))
                : Stream.of(new Named(fitted, fitted.chosen(text.substring(colon + 1))));
    }
}
