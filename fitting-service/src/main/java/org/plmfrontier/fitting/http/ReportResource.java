package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.plmfrontier.fitting.publication.CurveSheet;
import org.plmfrontier.fitting.publication.FrontierSheet;
import org.plmfrontier.fitting.publication.StudySheet;
import org.plmfrontier.fitting.report.ReportPage;

/** A study as one HTML file to keep or to send. */
@Path("/studies")
@Tag(name = "studies")
public class ReportResource {
    private final StudyResource studies;
    private final ObjectMapper mapper;
    private final ReportPage page = new ReportPage(ReportResource::resource);

    public ReportResource(StudyResource studies, ObjectMapper mapper) {
        this.studies = studies;
        this.mapper = mapper;
    }

    /** What the page shows, in the form in which it gets it live. */
    record Content(StudySheet study, List<CurveSheet> curves, FrontierSheet frontier) {}

    @GET
    @Path("/{id}/report")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The page of a study as one file that needs no service")
    public String report(@RestPath String id) throws JsonProcessingException {
        Content content =
                new Content(studies.study(id), studies.curves(id, StudyResource.POINTS), studies.frontier(id));
        return page.with(mapper.writeValueAsString(content));
    }

    private static String resource(String path) {
        try (InputStream in =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/resources" + path)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
