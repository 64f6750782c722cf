package org.plmfrontier.runtime.access;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.digest.Sha256;

/**
 * Who may change something through REST: the bearer of a token (RFC 6750) whose SHA-256 is known here. A digest is
 * enough because tokens are long and random, unlike passwords. Reading is free, but for what is expensive. Immutable.
 */
public final class WriteAccess {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String SCHEME = "Bearer ";

    private final boolean open;
    private final Map<String, byte[]> digests;

    private WriteAccess(boolean open, Map<String, byte[]> digests) {
        this.open = open;
        this.digests = digests;
    }

    /** Everybody may write: for one machine. */
    public static WriteAccess open() {
        return new WriteAccess(true, Map.of());
    }

    /**
     * Bearers of these tokens may write; nobody where the list is empty.
     *
     * @param tokens {@code name:digest} each, the digest being the token's SHA-256 in 64 hexadecimal digits
     * @throws IllegalArgumentException naming the entry that is malformed or named twice
     */
    public static WriteAccess bearers(List<String> tokens) {
        Map<String, byte[]> digests = new LinkedHashMap<>();
        for (String entry : tokens) {
            String name = entry.strip().replaceFirst(":.*", "");
            if (!entry.strip().matches("[^:\\s]+:[0-9a-fA-F]{64}")) {
                throw new IllegalArgumentException(
                        "token '" + name + "' must be name:SHA-256 in 64 hexadecimal digits");
            }
            byte[] digest = HexFormat.of().parseHex(entry.strip().substring(name.length() + 1));
            if (digests.put(name, digest) != null) {
                throw new IllegalArgumentException("token '" + name + "' is there twice");
            }
        }
        return new WriteAccess(false, digests);
    }

    /**
     * Why a request may not be carried out; empty where it may.
     *
     * @param method of HTTP
     * @param authorization header of that name; null where it is missing
     */
    public Optional<String> refusal(String method, @Nullable String authorization) {
        return READING.contains(method)
                ? Optional.empty()
                : bearerRefusal("this request changes something", authorization);
    }

    /**
     * Why a request that only reads, but costs as much as a write, may not be carried out; empty where it may.
     *
     * @param authorization header of that name; null where it is missing
     */
    public Optional<String> refusalOfExpensive(@Nullable String authorization) {
        return bearerRefusal("this request is expensive to answer", authorization);
    }

    private Optional<String> bearerRefusal(String what, @Nullable String authorization) {
        if (open) {
            return Optional.empty();
        }
        if (digests.isEmpty()) {
            return notReadyReason();
        }
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return Optional.of(what + " and needs the header 'Authorization: Bearer TOKEN'");
        }
        byte[] offered = Sha256.of(authorization.substring(SCHEME.length()).strip());
        boolean known = false;
        for (byte[] digest : digests.values()) {
            known |= MessageDigest.isEqual(digest, offered);
        }
        return known ? Optional.empty() : Optional.of("the bearer token is not known here");
    }

    /** Whether everybody who reaches the port may write. */
    public boolean isOpen() {
        return open;
    }

    /** What an operator must repair, one sentence; empty where nothing. */
    public Optional<String> notReadyReason() {
        return open || !digests.isEmpty()
                ? Optional.empty()
                : Optional.of("no access token is configured, so nobody may write");
    }

    /** What is in force, one sentence for the log; names, never digests. */
    public String summary() {
        if (open) {
            return "write endpoints are open to everybody who reaches the port (local profile)";
        }
        return notReadyReason()
                .orElseGet(
                        () -> "write endpoints ask for a bearer token; known: " + String.join(", ", digests.keySet()));
    }
}
