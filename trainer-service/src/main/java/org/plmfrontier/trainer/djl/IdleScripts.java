package org.plmfrontier.trainer.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.plmfrontier.trainer.archive.TorchScriptArchive;

/**
 * Loaded programs that no model uses at present. libtorch does not give back all of a program's memory when it is deleted, and
 * runs come and go for as long as the process lives: so programs are used again, with other tensors. For the device's thread
 * only.
 */
final class IdleScripts {
    private final NDManager manager;
    private final Map<TorchScriptArchive, Deque<ScriptModule>> idle = new HashMap<>();

    /**
     * No programs yet.
     *
     * @param manager of the device, for as long as the process lives
     */
    IdleScripts(NDManager manager) {
        this.manager = manager;
    }

    /** A program without tensors. */
    ScriptModule take(TorchScriptArchive archive) throws IOException {
        Deque<ScriptModule> known = idle.get(archive);
        return known == null || known.isEmpty() ? ScriptModule.load(manager, archive) : known.pop();
    }

    /** Makes the program forget its tensors and keeps it. */
    void giveBack(TorchScriptArchive archive, ScriptModule script) {
        script.call("release", new NDList()).close();
        idle.computeIfAbsent(archive, unused -> new ArrayDeque<>()).push(script);
    }
}
