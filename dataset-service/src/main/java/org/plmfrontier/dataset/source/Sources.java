package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * All places that files can come from. An address may end in {@code #sha256=} and the hash of the file's bytes as they
 * are served; then the hash is believed until the file is read, and a local file is not read twice. Thread-safe.
 */
public final class Sources {
    private static final Pattern HASHED =
            Pattern.compile("(.*)#sha256=(.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final List<SourceStore> stores;
    private final SourceRoots roots;
    private final Pause pause;

    /** Waits before a broken connection is tried again. */
    public interface Pause {
        /** @param attempt how many attempts failed, from 1 */
        void before(int attempt) throws IOException;
    }

    public Sources(List<SourceStore> stores, SourceRoots roots, Pause pause) {
        this.stores = List.copyOf(stores);
        this.roots = roots;
        this.pause = pause;
    }

    /** Sources from anywhere. */
    public Sources(List<SourceStore> stores, Pause pause) {
        this(stores, SourceRoots.anywhere(), pause);
    }

    /**
     * The files that addresses and patterns name, in the order in which the corpus reads them.
     *
     * @throws RefusedException where one names nothing, or a place that sources may not come from, naming which
     * @throws IOException where a place does not answer
     */
    public List<Source> find(List<String> addresses) throws IOException {
        return find("sources", addresses);
    }

    /**
     * The same, asked for in another field.
     *
     * @param field names the addresses in what is said of them
     */
    public List<Source> find(String field, List<String> addresses) throws IOException {
        if (addresses.isEmpty()) {
            throw new RefusedException(field, field + " must name at least one file");
        }
        List<Source> found = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            found.addAll(find(field + "[" + i + "]", addresses.get(i)));
        }
        return List.copyOf(found);
    }

    /**
     * The bytes of a file from its first; a connection that breaks is taken up again where it broke.
     *
     * @throws VanishedException where the file is not there any more
     */
    public InputStream open(Source source) throws IOException {
        return new ResumingStream(store("sources", source.path()), source, pause);
    }

    private List<Source> find(String field, @Nullable String named) throws IOException {
        if (named == null || named.isBlank()) {
            throw new RefusedException(field, field + " must name a file");
        }
        if (named.indexOf('\0') >= 0) {
            throw new RefusedException(
                    field,
                    "a NUL character is no part of a path or an address: "
                            + Credentials.hidden(named).replace('\0', '?'));
        }
        Matcher hashed = HASHED.matcher(named);
        boolean hasHash = hashed.matches();
        String address = hasHash ? hashed.group(1) : named;
        @Nullable String sha256 = hasHash ? hash(field, address, hashed.group(2)) : null;
        SourceStore store = store(field, address);
        if (sha256 != null && store.isPattern(address)) {
            throw new RefusedException(
                    field, "a pattern names several files and can have no hash: " + Credentials.hidden(address));
        }
        roots.require(field, address);
        List<Source> found = store.find(field, address, sha256);
        for (Source source : found) {
            roots.require(field, source.path());
        }
        return found;
    }

    private static String hash(String field, String address, String stated) {
        String hash = stated.toLowerCase(Locale.ROOT);
        if (!HASH.matcher(hash).matches()) {
            throw new RefusedException(
                    field,
                    "#sha256= of " + Credentials.hidden(address) + " must be followed by 64 hexadecimal digits, got "
                            + stated.length() + " characters");
        }
        return hash;
    }

    private SourceStore store(String field, String address) {
        return stores.stream()
                .filter(store -> store.serves(address))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        field,
                        Credentials.hidden(address) + " is neither an absolute path nor an http, https or s3 address"));
    }
}
