package org.plmfrontier.trainer.architecture.broken.masking;

import org.jboss.logging.Logger;

/** Breaks the rule of pure packages: it logs. */
final class LoggingMasks {
    private static final Logger LOG = Logger.getLogger(LoggingMasks.class);

    void mask() {
        LOG.info("masked");
    }
}
