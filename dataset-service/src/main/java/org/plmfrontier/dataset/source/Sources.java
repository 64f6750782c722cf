package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * All places that files can come from. An address may end in {@code #sha256=} and the file's hash; then the hash is
 * believed until the file is read, and a local file is not read twice. Thread-safe.
 */
public final class Sources {
    private static final Pattern HASHED = Pattern.compile("(.*)#sha256=([0-9a-f]{64})");

    private final List<SourceStore> stores;
    private final Pause pause;

    /** Waits before a broken connection is tried again. */
    public interface Pause {
        /** @param attempt how many attempts failed, from 1 */
        void before(int attempt) throws IOException;
    }

    public Sources(List<SourceStore> stores, Pause pause) {
        this.stores = List.copyOf(stores);
        this.pause = pause;
    }

    /**
     * The files that addresses and patterns name, in the order in which the corpus reads them.
     *
     * @throws RefusedException where one names nothing, naming which
     * @throws IOException where a place does not answer
     */
    public List<Source> find(List<String> addresses) throws IOException {
        if (addresses.isEmpty()) {
            throw new RefusedException("sources", "sources must name at least one file");
        }
        List<Source> found = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String field = "sources[" + i + "]";
            Matcher hashed = HASHED.matcher(addresses.get(i));
            boolean hasHash = hashed.matches();
            String address = hasHash ? hashed.group(1) : addresses.get(i);
            @Nullable String sha256 = hasHash ? hashed.group(2) : null;
            if (sha256 != null && Glob.isPattern(address)) {
                throw new RefusedException(field, "a pattern names several files and can have no hash: " + address);
            }
            found.addAll(store(field, address).find(field, address, sha256));
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

    private SourceStore store(String field, String address) {
        return stores.stream()
                .filter(store -> store.serves(address))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        field, address + " is neither an absolute path nor an http, https or s3 address"));
    }
}
