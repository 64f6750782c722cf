package org.plmfrontier.dataset.wiring;

import org.jboss.logging.Logger;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.ingest.CorpusObserver;

/** Writes a line to the log and passes each change on. */
record LoggedCorpora(CorpusObserver next) implements CorpusObserver {
    private static final Logger LOG = Logger.getLogger(LoggedCorpora.class);

    @Override
    public void changed(Corpus corpus) {
        switch (corpus.state()) {
            case INGESTING -> LOG.infof("corpus %s: ingesting %d bytes", corpus.id(), corpus.bytes());
            case READY -> LOG.infof("corpus %s is ready", corpus.id());
            case FAILED -> LOG.errorf("corpus %s failed: %s", corpus.id(), corpus.error());
        }
        next.changed(corpus);
    }

    @Override
    public void deleted(String id) {
        LOG.infof("corpus %s is deleted", id);
        next.deleted(id);
    }
}
