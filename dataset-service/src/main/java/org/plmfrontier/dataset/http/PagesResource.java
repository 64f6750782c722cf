package org.plmfrontier.dataset.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.ingest.CorpusUploads;

/** What this service's pages lead to and may offer. */
@Path("/pages")
@Tag(name = "pages")
public class PagesResource {
    private final Optional<String> live;
    private final Optional<String> models;
    private final CorpusUploads uploads;

    public PagesResource(
            @ConfigProperty(name = "dataset.pages.live") Optional<String> live,
            @ConfigProperty(name = "dataset.pages.models") Optional<String> models,
            CorpusUploads uploads) {
        this.live = live;
        this.models = models;
        this.uploads = uploads;
    }

    /**
     * What pages lead to and may offer. Addresses have no slash at their end and are null where nobody has said them.
     *
     * @param live the live page
     * @param models a trainer, which exports models
     * @param uploads whether this service takes files
     */
    record Pages(@Nullable String live, @Nullable String models, boolean uploads) {}

    /** The dataset service's pages link to them. */
    @GET
    @Operation(operationId = "getPages", summary = "Where other pages of the suite are")
    public Pages pages() {
        return new Pages(plain(live), plain(models), uploads.areTaken());
    }

    private static @Nullable String plain(Optional<String> address) {
        return address.map(text -> text.replaceFirst("/+$", "")).orElse(null);
    }
}
