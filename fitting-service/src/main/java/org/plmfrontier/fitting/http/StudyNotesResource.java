package org.plmfrontier.fitting.http;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.plmfrontier.fitting.publication.NoteView;
import org.plmfrontier.fitting.study.NoteStore;

/** Notes and tags of all studies. */
@Path("/notes")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "notes")
public class StudyNotesResource {
    private final NoteStore notes;

    public StudyNotesResource(NoteStore notes) {
        this.notes = notes;
    }

    @GET
    @Operation(
            operationId = "listNotes",
            summary = "Notes of all studies",
            description = "Without those of runs. 503 while the database does not give them.")
    public List<NoteView> all() {
        return NotesResource.database(
                () -> notes.ofStudies().stream().map(NoteView::of).toList());
    }
}
