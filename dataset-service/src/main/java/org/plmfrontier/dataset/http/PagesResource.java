package org.plmfrontier.dataset.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where other pages of the suite are. */
@Path("/pages")
@Tag(name = "pages")
public class PagesResource {
    private final Optional<String> live;

    public PagesResource(@ConfigProperty(name = "dataset.pages.live") Optional<String> live) {
        this.live = live;
    }

    /**
     * Addresses for people's browsers.
     *
     * @param live the live page, without a slash at its end; null where nobody has said
     */
    record Pages(@Nullable String live) {}

    /** The dataset service's pages link to them. */
    @GET
    @Operation(operationId = "getPages", summary = "Where other pages of the suite are")
    public Pages pages() {
        return new Pages(live.map(address -> address.replaceFirst("/+$", "")).orElse(null));
    }
}
