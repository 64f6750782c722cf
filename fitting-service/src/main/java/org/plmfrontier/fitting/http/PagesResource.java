package org.plmfrontier.fitting.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the live page leads to. */
@Path("/pages")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class PagesResource {
    private final PageLinks links;

    public PagesResource(PageLinks links) {
        this.links = links;
    }

    @GET
    @Operation(
            operationId = "getPages",
            summary = "Addresses of other services for people's browsers",
            description =
                    "studies: the pages of the dataset service; models: a trainer, which exports models. Without a"
                            + " slash at their end; null where nobody has said them.")
    public PageLinks pages() {
        return links;
    }
}
