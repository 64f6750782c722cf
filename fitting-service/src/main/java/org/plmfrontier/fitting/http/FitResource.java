package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.live.PastFits;
import org.plmfrontier.fitting.publication.FamilyView;
import org.plmfrontier.fitting.publication.FitView;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.publication.PaperView;
import org.plmfrontier.fitting.publication.PlateauView;
import org.plmfrontier.fitting.publication.RecommendationView;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.runtime.http.ExpensiveReads;

/**
 * What the latest fit of a study says; nothing is computed on the thread of the request, unless a state of the past is
 * asked for.
 */
@Path("/studies/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fits")
public class FitResource {
    private final LatestFits fits;
    private final PastFits past;
    private final ExpensiveReads reads;

    public FitResource(LatestFits fits, PastFits past, ExpensiveReads reads) {
        this.fits = fits;
        this.past = past;
        this.reads = reads;
    }

    @GET
    @Path("/frontier")
    @Operation(
            operationId = "getFrontier",
            summary = "The compute-optimal frontier",
            description =
                    "By 'method' a1 (default), a2, a3 or kaplan, or 'outcome' and 'reason' while there is none. A study"
                            + " of several families answers with one frontier per family under 'families', or with that of"
                            + " the asked 'family'. 'asOf' names the offsets of the log that the answer rests on; asked"
                            + " with them (one number, or partition:offset,...) the answer of then is computed again from"
                            + " the log alone, one at a time; outside of the profiles local, dev and test that needs a bearer"
                            + " token.")
    @APIResponse(
            responseCode = "200",
            description = "The frontier, or why there is none",
            content =
                    @Content(
                            schema =
                                    @Schema(
                                            anyOf = {
                                                FrontierView.Answer.class,
                                                FrontierView.NoAnswer.class,
                                                FrontierView.PerFamily.class
                                            })))
    public FrontierView frontier(
            @RestPath String id,
            @QueryParam("family") @Nullable String family,
            @QueryParam("method") @Nullable String method,
            @QueryParam("asOf") @Nullable String asOf) {
        FittedStudy study = asOf == null ? fits.of(id) : reads.authorized(() -> past(id, asOf));
        return study.frontier(family, Parameters.frontierMethod(method));
    }

    private FittedStudy past(String id, String asOf) {
        if (fits.study(id).note().isPresent()) {
            throw Refused.badField("asOf", "study '" + id + "' came from a file, the log does not know it");
        }
        try {
            return new FittedStudy(past.at(id, Offsets.parse(asOf)).orElseThrow(() -> Refused.unknownStudy(id)));
        } catch (PastFits.BusyException e) {
            throw Refused.busy(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Refused.badField("asOf", String.valueOf(e.getMessage()));
        }
    }

    @GET
    @Path("/fits")
    @Operation(
            operationId = "getFits",
            summary = "Coefficients, exponents and convergence of each method",
            description =
                    "One entry per family and method, with the fields that ./frontier fit prints; 'family' and 'methods'"
                            + " (a1,a2,a3,kaplan,ln,lc,repeated,plateau; all but plateau by default) choose.")
    public List<FitView> fits(
            @RestPath String id,
            @QueryParam("family") @Nullable String family,
            @QueryParam("methods") @Nullable String methods) {
        return fits.of(id).fits(family, Parameters.methods(methods));
    }

    /** Whether they agree on exponents and sizes, where known models stand, and what each run weighs. Ascending by family. */
    @GET
    @Path("/families")
    @Operation(operationId = "getFamilies", summary = "What all methods together say of each family")
    public List<FamilyView> families(@RestPath String id) {
        return fits.of(id).families();
    }

    @GET
    @Path("/papers")
    @Operation(
            operationId = "getPapers",
            summary = "Published studies beside this one",
            description =
                    "Per family the papers about models that learn what it learns: each of their tables and figures with what"
                            + " this study found, or why it found nothing, and what is known against them.")
    public List<PaperView> papers(@RestPath String id) {
        return fits.of(id).papers();
    }

    /** A verdict per run, with the floor and the compute at which shares of the way to it are gone where the curve shows them. */
    @GET
    @Path("/plateau")
    @Operation(operationId = "getPlateaus", summary = "Whether each run's loss has stopped falling, and why")
    public List<PlateauView.OfRun> plateau(@RestPath String id, @QueryParam("family") @Nullable String family) {
        return fits.of(id).plateau(family);
    }

    @GET
    @Path("/recommendation")
    @Operation(
            operationId = "getRecommendation",
            summary = "Model size and tokens for a budget of training FLOPs, by each method",
            description = "422 where the budget lies too far outside what was trained for any method.")
    public RecommendationView recommendation(
            @RestPath String id,
            @QueryParam("family") @Nullable String family,
            @QueryParam("budgetFlops") @Nullable String budgetFlops) {
        return fits.of(id).recommendation(family, Parameters.positive("budgetFlops", budgetFlops));
    }
}
