package org.plmfrontier.trainer.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/** The losses of a run on the fake engine, computed by a plain loop without Kafka, slices or checkpoints. */
final class Undisturbed {
    private Undisturbed() {}

    static List<Double> losses(RunSpec run) {
        List<TokenBatch> records =
                Studies.records(run.corpus().id(), (int) run.corpus().records(), 3, 20, 1);
        ResidueMasking masking =
                new ResidueMasking(run.recipe().masking(), run.recipe().seed());
        List<Double> losses = new ArrayList<>();
        try (ResidentModel model = new FakeEngine()
                .load(
                        new ModelSettings(run.shape(), run.recipe().optimizer()),
                        new InitialWeights(run.recipe().seed()))) {
            for (int position = 0; position < run.endRecord(); position++) {
                TokenBatch record = records.get(position % records.size());
                PaddedBatch batch = PaddedBatch.of(
                        masking.mask(record, position), run.recipe().tokenDropout());
                losses.add(model.micro(batch, 1.0 / batch.selected().length));
                model.apply(0);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return losses;
    }
}
