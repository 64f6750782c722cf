package org.plmfrontier.dataset.architecture.broken.packing;

import org.jboss.logging.Logger;

/** Breaks the rule of pure packages: it logs. */
final class LoggingPacker {
    private static final Logger LOG = Logger.getLogger(LoggingPacker.class);

    void pack() {
        LOG.info("packed");
    }
}
