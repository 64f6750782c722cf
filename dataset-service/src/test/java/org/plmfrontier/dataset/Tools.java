package org.plmfrontier.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.plmfrontier.dataset.compression.Bzip2;
import org.plmfrontier.dataset.compression.Zstd;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.fasta.Gzip;
import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.Sources;

/** What builds need, for tests. */
public final class Tools {
    public static final SequenceFile FILES = new SequenceFile(List.of(new Gzip(), new Zstd(), new Bzip2()));

    private Tools() {}

    /** Local files, no comparison of proteins. */
    public static BuildTools local() {
        return of(new None(), new LocalFiles());
    }

    public static BuildTools of(IdentityTools identity, SourceStore... stores) {
        return new BuildTools(new Sources(List.of(stores), attempt -> {}), FILES, identity);
    }

    /** A machine without a program that compares. */
    private static final class None implements IdentityTools {
        @Override
        public String version() throws IOException {
            throw new IOException("nothing compares here");
        }

        @Override
        public void cluster(Path proteins, Clustering wanted, Path work, LongConsumer members) {
            throw new AssertionError("nothing compares here, and nothing may ask");
        }

        @Override
        public void search(Path queries, Path targets, IdentityBound bound, Path work, Hits hits) {
            throw new AssertionError("nothing compares here, and nothing may ask");
        }
    }
}
