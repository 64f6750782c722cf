package org.plmfrontier.runtime.request;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a browser sends a request for a page of the service itself. Browsers name the page's origin in requests that may
 * change something (Fetch, section 3.2), and how the two sites are related in all (Fetch Metadata); other programs name
 * neither. Immutable.
 */
public final class OriginRule {
    private static final Pattern ORIGIN = Pattern.compile("([a-z][a-z0-9+.-]*)://([^/?#@]+)");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final HostRule hosts;

    /**
     * The rule of a service.
     *
     * @param hosts whose named hosts may stand before the service, as those of a proxy that puts in another Host
     */
    public OriginRule(HostRule hosts) {
        this.hosts = hosts;
    }

    /**
     * What a request says of the page it comes from; null where it does not.
     *
     * @param origin the header of that name
     * @param site Sec-Fetch-Site
     * @param mode Sec-Fetch-Mode
     * @param host the Host header
     */
    public record From(
            @Nullable String origin,
            @Nullable String site,
            @Nullable String mode,
            @Nullable String host) {}

    /** Why a request that changes something is refused, one sentence; empty where it is not. */
    public Optional<String> refusal(From from) {
        if (from.origin() != null) {
            return isOwn(from.origin(), from.host())
                    ? Optional.empty()
                    : Optional.of(
                            "pages of '" + from.origin() + "' may not ask for this; the service takes it from its own"
                                    + " pages, from programs, and from pages of the hosts in " + HostRule.KEY);
        }
        return from.site() == null || OWN_SITES.contains(from.site())
                ? Optional.empty()
                : Optional.of("the browser says that the page which asks for this is '" + from.site()
                        + "'; the service takes it from its own pages and from programs");
    }

    /** The same for a request that only reads: whoever follows a link to it may, since no other page sees the answer. */
    public Optional<String> refusalOfRead(From from) {
        return "navigate".equals(from.mode()) && from.origin() == null ? Optional.empty() : refusal(from);
    }

    private boolean isOwn(String origin, @Nullable String host) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        Optional<Authority> page = Authority.of(parts.group(2));
        if (page.isEmpty()) {
            return false;
        }
        if (hosts.isNamed(page.get().host())) {
            return true;
        }
        int standard = parts.group(1).equals("https") ? HTTPS : HTTP;
        return Optional.ofNullable(host)
                .flatMap(Authority::of)
                .filter(own -> own.host().equals(page.get().host())
                        && own.port().orElse(standard).equals(page.get().port().orElse(standard)))
                .isPresent();
    }
}
