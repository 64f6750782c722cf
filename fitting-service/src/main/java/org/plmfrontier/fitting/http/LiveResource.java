package org.plmfrontier.fitting.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.progress.Progress;
import org.plmfrontier.fitting.publication.LiveCursor;
import org.plmfrontier.fitting.publication.ProgressCursor;
import org.plmfrontier.fitting.publication.ProgressView;
import org.plmfrontier.fitting.study.Studies;

/**
 * A study as server-sent events: {@code study}, {@code curves} with new points only, {@code frontier}, and {@code progress}
 * with steps that are not committed, each with JSON data. A new reader first gets everything, and a slow one gets what it missed in one piece.
 */
@Path("/studies/{id}/live")
@Tag(name = "studies")
public class LiveResource {
    private final Studies studies;
    private final Refitter refitter;
    private final Progress progress;
    private final LiveSettings settings;
    private final OpenStreams open;

    public LiveResource(Studies studies, Refitter refitter, Progress progress, LiveSettings settings) {
        this.studies = studies;
        this.refitter = refitter;
        this.progress = progress;
        this.settings = settings;
        this.open = new OpenStreams(settings.streams(), settings.streamsPerClient());
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followStudy",
            summary = "The study as it changes",
            description =
                    "Event names: study, curves, frontier, families, progress, idle; progress has steps that are not committed,"
                            + " as GET /studies/{id}/progress, new ones only. It ends where the study is deleted. 429 beyond the"
                            + " most streams in all or of one client.")
    @APIResponse(
            responseCode = "200",
            description = "Events, each with a name and JSON",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> live(@RestPath String id, @Context Sse sse, @Context HttpServerRequest request) {
        if (studies.find(id).isEmpty()) {
            throw Refused.unknownStudy(id);
        }
        return follow(id, sse, open.open(request.remoteAddress().hostAddress()));
    }

    /**
     * The events of a study until it is deleted or nobody reads them.
     *
     * @param ended called when it ends
     */
    Multi<OutboundSseEvent> follow(String id, Sse sse, Runnable ended) {
        LiveCursor cursor = new LiveCursor();
        ProgressCursor steps = new ProgressCursor();
        return Multi.createBy()
                .merging()
                .withConcurrency(2)
                .withRequests(1)
                .streams(
                        every(settings.tick(), id, tick -> next(id, cursor, tick, sse)),
                        every(settings.progressTick(), id, tick -> nextSteps(id, steps, sse)))
                .onTermination()
                .invoke(ended);
    }

    /** Events that are made tick by tick while the study is there, and while the reader takes them. */
    private Multi<OutboundSseEvent> every(Duration period, String id, LongFunction<List<OutboundSseEvent>> made) {
        return Multi.createFrom()
                .ticks()
                .every(period)
                .onOverflow()
                .drop()
                .emitOn(Infrastructure.getDefaultExecutor(), 1)
                .select()
                .first(tick -> studies.find(id).isPresent())
                .onItem()
                .transformToMultiAndConcatenate(tick -> Multi.createFrom().iterable(made.apply(tick)));
    }

    private List<OutboundSseEvent> nextSteps(String id, ProgressCursor cursor, Sse sse) {
        List<ProgressView> news =
                studies.find(id).map(study -> cursor.next(study, progress)).orElse(List.of());
        return news.isEmpty() ? List.of() : List.of(event(sse, "progress", news));
    }

    private List<OutboundSseEvent> next(String id, LiveCursor cursor, long tick, Sse sse) {
        Stream<LiveCursor.Message> news = studies.find(id).stream()
                .filter(study -> !cursor.isAt(study))
                .map(refitter::loaded)
                .flatMap(study -> cursor.next(study, refitter.fit(study)).stream());
        List<OutboundSseEvent> events =
                news.map(message -> event(sse, message.name(), message.data())).toList();
        boolean silent = events.isEmpty() && tick % settings.idleTicks() == 0;
        return silent ? List.of(event(sse, "idle", List.of())) : events;
    }

    private static OutboundSseEvent event(Sse sse, String name, Object data) {
        return sse.newEventBuilder().name(name).data(data).build();
    }
}
