package org.plmfrontier.fitting.http;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of other services for people's browsers, without a slash at their end; null where nobody has said them.
 *
 * @param studies the pages of the dataset service
 * @param models a trainer, which exports models
 */
public record PageLinks(@Nullable String studies, @Nullable String models) {
    public static PageLinks of(Optional<URI> studies, Optional<URI> models) {
        return new PageLinks(plain(studies), plain(models));
    }

    private static @Nullable String plain(Optional<URI> address) {
        return address.map(uri -> uri.toString().replaceFirst("/+$", "")).orElse(null);
    }
}
