package org.plmfrontier.dataset.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.web.WebFiles;

/** Builds a corpus of served files in a JVM of its own, so that it can be killed. */
final class ServedBuild {
    static final CorpusOptions OPTIONS = new Choice().deduplicate().options();

    private ServedBuild() {}

    static CorpusManifest build(Path folder, List<String> addresses, MemoryCorpus corpus) throws IOException {
        BuildTools tools = Tools.of(new PositionalIdentity(), new LocalFiles(), new WebFiles(Duration.ofSeconds(30)));
        return corpus.build(folder, tools.sources().find(addresses), OPTIONS, tools, 1 << 20);
    }

    /** Arguments: folder, addresses. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        CorpusManifest manifest = build(Path.of(all.getFirst()), all.subList(1, all.size()), new MemoryCorpus());
        System.out.println("built " + manifest.id());
    }
}
