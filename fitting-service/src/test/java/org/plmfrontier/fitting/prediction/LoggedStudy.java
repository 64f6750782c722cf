package org.plmfrontier.fitting.prediction;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** A planted study whose events lie on two partitions of a log, run by run. */
record LoggedStudy(String id, List<LoggedEvent> events) {

    static LoggedStudy of(PlantedStudy planted) {
        long[] next = new long[2];
        List<LoggedEvent> events = new ArrayList<>();
        for (TrainingEvent event : planted.all()) {
            int partition = event.runId().hashCode() & 1;
            events.add(new LoggedEvent(event, partition, next[partition]++));
        }
        return new LoggedStudy(planted.id(), events);
    }

    /** The study after so many events, which came in batches of this size. */
    Study after(int count, int batch) {
        Studies studies = new Studies(StepThinning.USUAL);
        for (int i = 0; i < count; i += batch) {
            studies.addLogged(events.subList(i, Math.min(count, i + batch)));
        }
        return studies.find(id).orElseThrow();
    }

    Study after(int count) {
        return after(count, count);
    }

    Study whole() {
        return after(events.size());
    }
}
