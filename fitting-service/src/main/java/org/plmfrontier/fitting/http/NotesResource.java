package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.publication.NoteView;
import org.plmfrontier.fitting.study.Note;
import org.plmfrontier.fitting.study.NoteStore;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.runtime.json.RequestRecords;
import org.plmfrontier.runtime.retry.FailureSentence;

/** Notes and tags of a study and its runs. */
@Path("/studies/{id}/notes")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "notes")
public class NotesResource {
    private static final int LONGEST_TEXT = 4000;
    private static final int MOST_TAGS = 20;
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,39}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    private final Studies studies;
    private final NoteStore notes;
    private final RequestRecords records;
    private final InstantSource clock;

    /**
     * A note as it is sent.
     *
     * @param text absent as empty
     * @param tags absent as none
     */
    record NoteRequest(@Nullable String text, @Nullable List<String> tags) {}

    public NotesResource(Studies studies, NoteStore notes, ObjectMapper mapper) {
        this.studies = studies;
        this.notes = notes;
        this.records = new RequestRecords(mapper);
        this.clock = InstantSource.system();
    }

    @GET
    @Operation(
            operationId = "getNotes",
            summary = "Notes of a study and its runs",
            description = "The study's first. 503 while the database does not give them.")
    public List<NoteView> of(@RestPath String id) {
        find(id);
        return database(() -> notes.of(id).stream().map(NoteView::of).toList());
    }

    @PUT
    @Operation(
            operationId = "writeStudyNote",
            summary = "Write the note of a study",
            description =
                    "In place of the one before; without text and tags there is none. It is deleted with the study.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public NoteView ofStudy(@RestPath String id, @Nullable JsonNode body) {
        find(id);
        return keep(id, "", body);
    }

    @PUT
    @Path("/{run}")
    @Operation(
            operationId = "writeRunNote",
            summary = "Write the note of a run",
            description =
                    "In place of the one before; without text and tags there is none. It is deleted with the run.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public NoteView ofRun(@RestPath String id, @RestPath String run, @Nullable JsonNode body) {
        Run found = find(id).runs().get(run);
        if (found == null || !found.isKnown()) {
            throw Refused.unknownRun(id, run);
        }
        return keep(id, run, body);
    }

    private NoteView keep(String study, String run, @Nullable JsonNode body) {
        NoteRequest request = records.read("", body, NoteRequest.class);
        String text = request.text() == null ? "" : request.text().strip();
        List<String> tags = request.tags() == null
                ? List.of()
                : request.tags().stream().distinct().toList();
        if (text.length() > LONGEST_TEXT || CONTROL.matcher(text).find()) {
            throw Refused.badField(
                    "text",
                    "text must have at most " + LONGEST_TEXT + " characters and no control characters, got "
                            + text.length());
        }
        if (tags.size() > MOST_TAGS
                || !tags.stream().allMatch(tag -> TAG.matcher(tag).matches())) {
            throw Refused.badField(
                    "tags",
                    "tags must be at most " + MOST_TAGS
                            + " words of letters, digits, '.', '_' and '-', of 40 characters" + " at most each");
        }
        Note note = new Note(study, run, text, tags, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return database(() -> {
            notes.keep(note);
            return NoteView.of(note);
        });
    }

    private Study find(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }

    static <T> T database(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalStateException e) {
            throw Refused.busy("notes lie in the database, which does not answer now: " + FailureSentence.of(e));
        }
    }
}
