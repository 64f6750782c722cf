package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.trainer.archive.TorchScriptArchive;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.network.Attention;

class IdleScriptsTest {
    @Test
    void aProgramIsUsedAgainForTheSameSettingsOnlyAndNeverByTwoAtOnce() throws IOException {
        Engines.shared();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            IdleScripts scripts = new IdleScripts(manager);
            ScriptModule first = scripts.take(archive(Precision.FP32));
            ScriptModule second = scripts.take(archive(Precision.FP32));
            assertThat(second).isNotSameAs(first);
            scripts.giveBack(archive(Precision.FP32), first);
            assertThat(scripts.take(archive(Precision.BF16))).isNotSameAs(first);
            assertThat(scripts.take(archive(Precision.FP32))).isSameAs(first);
        }
    }

    private static TorchScriptArchive archive(Precision precision) throws IOException {
        ModelSettings settings =
                new ModelSettings(ModelShape.esm2(1, 8, 2), Optimizer.adamW()).withPrecision(precision);
        return ModelScript.archive(settings, Attention.FUSED_FLOAT32, true);
    }
}
