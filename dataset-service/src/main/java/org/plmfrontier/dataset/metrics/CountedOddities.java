package org.plmfrontier.dataset.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.plmfrontier.dataset.study.EventOddities;

/** Counts and logs the training events that are passed over. */
@ApplicationScoped
public class CountedOddities implements EventOddities {
    private static final Logger LOG = Logger.getLogger(CountedOddities.class);

    private final MeterRegistry registry;

    public CountedOddities(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void undecodable(String place, String reason) {
        count("undecodable");
        LOG.warnf("training event %s passed over: %s", place, reason);
    }

    @Override
    public void unknownRun(String runId) {
        count("unknown-run");
        LOG.debugf("training events of run %s passed over: no study here has it", runId);
    }

    @Override
    public void impossible(String reason) {
        count("impossible");
        LOG.warnf("training event passed over: %s", reason);
    }

    private void count(String reason) {
        registry.counter("plm.events.skipped", "reason", reason).increment();
    }
}
