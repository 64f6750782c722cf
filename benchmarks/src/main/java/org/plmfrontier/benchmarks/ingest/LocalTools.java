package org.plmfrontier.benchmarks.ingest;

import java.util.List;
import org.plmfrontier.dataset.corpus.BuildTools;
import org.plmfrontier.dataset.fasta.Gzip;
import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.mmseqs.Mmseqs;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.source.Sources;

/** Builds of local files. */
final class LocalTools {
    private LocalTools() {}

    static BuildTools make() {
        return new BuildTools(
                new Sources(List.of(new LocalFiles()), attempt -> {}),
                new SequenceFile(List.of(new Gzip())),
                new Mmseqs("mmseqs", 0));
    }
}
