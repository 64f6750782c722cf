package org.plmfrontier.dataset.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Credentials;

/**
 * Asks web servers and follows where they send on, {@value #MOST_REDIRECTS} times at most, from http to https and not back.
 * Nobody is followed from elsewhere to a loopback or link-local address, where metadata services and local daemons
 * listen. Thread-safe.
 */
final class WebClient {
    private static final int MOST_REDIRECTS = 10;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private final int patienceMillis;
    private final boolean nearRedirects;

    /**
     * @param patience how long a server may say nothing
     * @param nearRedirects whether redirects to loopback and link-local addresses are followed
     */
    WebClient(Duration patience, boolean nearRedirects) {
        this.patienceMillis = Math.toIntExact(patience.toMillis());
        this.nearRedirects = nearRedirects;
    }

    /**
     * The answer that is no redirect; its status is known.
     *
     * @param range value of the header; null for none
     * @throws RedirectException where a redirect is not followed
     * @throws NoConnectionException where nobody answers
     * @throws IOException where the answer is none; every message names the address
     */
    HttpURLConnection request(String method, WebAddress asked, @Nullable String range) throws IOException {
        WebAddress at = asked;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection answer = ask(method, asked, at, range);
            if (!isRedirect(answer.getResponseCode())) {
                return answer;
            }
            String location = answer.getHeaderField("Location");
            answer.disconnect();
            at = next(asked, at, location);
        }
        throw new RedirectException(asked.name() + " is redirected more than " + MOST_REDIRECTS + " times");
    }

    private HttpURLConnection ask(String method, WebAddress asked, WebAddress at, @Nullable String range)
            throws IOException {
        String name = asked.equals(at) ? asked.name() : asked.name() + " (redirected to " + at.name() + ")";
        try {
            HttpURLConnection connection = (HttpURLConnection) at.uri().toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(patienceMillis);
            connection.setReadTimeout(patienceMillis);
            connection.setRequestProperty("User-Agent", "plm-frontier");
            connection.setRequestProperty("Accept-Encoding", "identity");
            if (range != null) {
                connection.setRequestProperty("Range", range);
            }
            String authorization = at.authorization() == null && isSameServer(asked.uri(), at.uri())
                    ? asked.authorization()
                    : at.authorization();
            if (authorization != null) {
                connection.setRequestProperty("Authorization", authorization);
            }
            connection.getResponseCode();
            return connection;
        } catch (ConnectException | UnknownHostException | NoRouteToHostException | SocketTimeoutException e) {
            throw new NoConnectionException(name + " cannot be reached: " + reason(e), e);
        } catch (IOException e) {
            throw new IOException(name + " does not answer: " + reason(e), e);
        }
    }

    private WebAddress next(WebAddress asked, WebAddress at, @Nullable String location) throws IOException {
        if (location == null || location.isBlank()) {
            throw new RedirectException(asked.name() + " is redirected without an address");
        }
        WebAddress next = resolved(asked, at, location.strip());
        if (at.uri().getScheme().equals("https") && next.uri().getScheme().equals("http")) {
            throw new RedirectException(
                    asked.name() + " is redirected from https to " + next.name() + ", which nobody protects");
        }
        if (!nearRedirects && !isSameServer(asked.uri(), next.uri())) {
            requireFar(asked, next);
        }
        return next;
    }

    private static WebAddress resolved(WebAddress asked, WebAddress at, String location) throws IOException {
        String absolute = location;
        if (location.startsWith("//")) {
            absolute = at.uri().getScheme() + ":" + location;
        } else if (!location.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
            String server = at.uri().getScheme() + "://" + at.uri().getRawAuthority();
            absolute = location.startsWith("/") ? server + location : server + folder(at.uri(), location) + location;
        }
        try {
            WebAddress next = WebAddress.parse("", absolute.replaceFirst("#.*", ""));
            return new WebAddress(next.uri().normalize(), next.authorization(), next.name());
        } catch (RefusedException e) {
            throw new RedirectException(
                    asked.name() + " is redirected to " + Credentials.hidden(absolute) + ", which is no http address");
        }
    }

    /** What a relative address is below: the folder of the path, or the path itself for a query alone. */
    private static String folder(URI at, String location) {
        String path = at.getRawPath();
        return location.startsWith("?") ? path : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static void requireFar(WebAddress asked, WebAddress next) throws IOException {
        boolean fromLoopback = false;
        for (InetAddress address : addresses(asked)) {
            fromLoopback |= address.isLoopbackAddress();
        }
        for (InetAddress address : addresses(next)) {
            boolean near = address.isLinkLocalAddress()
                    || (!fromLoopback && (address.isLoopbackAddress() || address.isAnyLocalAddress()));
            if (near) {
                throw new RedirectException(asked.name() + " is redirected to " + next.name()
                        + ", a loopback or link-local address; dataset.sources.near-redirects allows it");
            }
        }
    }

    private static InetAddress[] addresses(WebAddress address) throws IOException {
        String host = address.uri().getHost();
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new NoConnectionException(address.name() + " cannot be reached: unknown host " + host, e);
        }
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_MOVED_PERM,
                    HttpURLConnection.HTTP_MOVED_TEMP,
                    HttpURLConnection.HTTP_SEE_OTHER,
                    TEMPORARY_REDIRECT,
                    PERMANENT_REDIRECT -> true;
            default -> false;
        };
    }

    private static String reason(IOException e) {
        return e instanceof UnknownHostException
                ? "unknown host " + e.getMessage()
                : Credentials.hiddenIn(String.valueOf(e.getMessage()));
    }
}
