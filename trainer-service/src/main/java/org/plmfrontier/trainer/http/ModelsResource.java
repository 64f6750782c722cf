package org.plmfrontier.trainer.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.runtime.http.ExpensiveReads;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.huggingface.ModelExport;
import org.plmfrontier.trainer.huggingface.ModelImport;
import org.plmfrontier.trainer.huggingface.TensorFile;
import org.plmfrontier.trainer.huggingface.TensorFileFormat;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.model.ModelEvaluation;
import org.plmfrontier.trainer.model.NoSuchModelException;
import org.plmfrontier.trainer.model.OpenModel;
import org.plmfrontier.trainer.model.TrainedModels;

/** Models out of the checkpoint store and into it. Any trainer that shares the store answers for every run. */
@Path("/models")
@Tag(name = "models")
@Blocking
public class ModelsResource {
    private static final String ZIP = "application/zip";
    private static final int MOST_SEQUENCES = 100_000;

    private final Parts parts;
    private final ExpensiveReads reads;

    ModelsResource(Parts parts, ExpensiveReads reads) {
        this.parts = parts;
        this.reads = reads;
    }

    /**
     * What the resource works with.
     *
     * @param uploads folder for models that are being imported
     * @param trainer name of this process, part of what it puts there
     * @param software name and version of this trainer
     */
    @StagedBuilder
    public record Parts(
            TrainedModels models,
            ModelEvaluation evaluation,
            CheckpointStore store,
            TensorFileFormat format,
            TensorFile.Opener opener,
            java.nio.file.Path uploads,
            String trainer,
            String software) {}

    /** Deletes uploads that an earlier process of this trainer did not get to delete; only before the first request. */
    public static void sweep(java.nio.file.Path uploads, String trainer) throws IOException {
        ModelUpload.sweep(uploads, trainer);
    }

    /** The newest state of each run. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listModels", summary = "The newest state of each run")
    public List<ModelView> list() throws IOException {
        return parts.models().newest().stream().map(ModelView::of).toList();
    }

    /** A run's newest state, or that at the end of a budget, as a zip in the layout of Hugging Face transformers. */
    @GET
    @Path("{runId}")
    @Produces(ZIP)
    @Operation(operationId = "exportModel", summary = "A model in the layout of Hugging Face transformers")
    @APIResponse(
            responseCode = "200",
            description = "The model, its tokenizer and its card",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response export(@PathParam("runId") String runId, @QueryParam("budget") @Nullable Double budget)
            throws IOException, NoSuchModelException {
        OpenModel model = parts.models().open(runId, budget);
        String weights = model.about().facts().run().initialWeights();
        String origin = weights == null ? null : parts.store().cardOf(weights).orElse(null);
        StreamingOutput zip = out -> {
            try (model) {
                new ModelZip(parts.format())
                        .write(
                                ModelExport.files(
                                        model.about().facts(),
                                        model.about().progress(),
                                        model.state(),
                                        parts.software(),
                                        origin),
                                out);
            }
        };
        return Response.ok(zip)
                .header("Content-Disposition", "attachment; filename=\"" + runId + ".zip\"")
                .header("X-Checkpoint", model.about().name())
                .header("X-Step", model.about().progress().step())
                .build();
    }

    /** Keeps the weights of a zip in the exported layout; a study whose {@code initialWeights} name them begins there. */
    @POST
    @Consumes(ZIP)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importModel", summary = "Weights for studies to begin with")
    @APIResponse(
            responseCode = "201",
            description = "The weights are kept",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = KeptModel.class)))
    public Response keep(InputStream zip) throws IOException, UnfitModelException {
        try (ModelUpload upload = ModelUpload.unpack(zip, parts.uploads(), parts.trainer());
                TensorFile file = open(upload)) {
            ModelImport model = ModelImport.of(upload.config(), upload.vocabulary(), file);
            String name = parts.store().keepWeights(model.shape(), model, model.card());
            return Response.status(Response.Status.CREATED)
                    .entity(new KeptModel(name, model.shape(), model.notes(), ParameterCount.of(model.shape())))
                    .build();
        }
    }

    /**
     * Pseudo-perplexity of a run's newest state over the first held-out sequences; of a causal family its perplexity. One at a
     * time; outside of the profiles local, dev and test it needs a bearer token.
     */
    @GET
    @Path("{runId}/pseudo-perplexity")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "measurePseudoPerplexity", summary = "Pseudo-perplexity of a run")
    public MeasuredModel pseudoPerplexity(
            @PathParam("runId") String runId, @QueryParam("sequences") @DefaultValue("50") int sequences)
            throws Exception {
        if (sequences < 1 || sequences > MOST_SEQUENCES) {
            throw new BadRequestException("sequences must be 1 to " + MOST_SEQUENCES + ", got " + sequences);
        }
        ModelEvaluation.Measured measured =
                reads.authorizedCall(() -> parts.evaluation().pseudoPerplexity(runId, sequences));
        return MeasuredModelBuilder.builder()
                .runId(measured.runId())
                .measure(measured.family().masked() ? "pseudo-perplexity" : "perplexity")
                .step(measured.step())
                .sequences(sequences)
                .residues(measured.residues())
                .nats(measured.nats())
                .perplexity(measured.perplexity())
                .build();
    }

    private TensorFile open(ModelUpload upload) throws UnfitModelException {
        try {
            return parts.opener().open(upload.tensors());
        } catch (IOException e) {
            throw new UnfitModelException(ModelUpload.TENSORS, String.valueOf(e.getMessage()));
        }
    }
}
