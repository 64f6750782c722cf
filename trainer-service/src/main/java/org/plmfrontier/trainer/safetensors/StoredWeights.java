package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.runtime.digest.Sha256;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** Imported weights as {@code <content hash>.safetensors} in a folder; a name never stands for other numbers. */
final class StoredWeights {
    private static final int HASH_DIGITS = 16;
    private static final String CARD = ".md";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + HASH_DIGITS + "}");

    private final Path folder;
    private final String trainer;

    StoredWeights(Path folder, String trainer) {
        this.folder = folder;
        this.trainer = trainer;
    }

    /** Writes the parameters beside, hashes them while they pass, and renames the file to the hash; the card goes first. */
    String keep(ModelShape shape, TensorSource weights, String card) throws IOException {
        List<TensorSpec> table = Networks.parameters(shape);
        Path beside = folder.resolve(
                "import-" + trainer + "-" + Thread.currentThread().threadId() + ".part");
        MessageDigest hash = Sha256.digest();
        hash.update(shape.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Map<String, String> metadata = Map.of("format", "pt", "shape", shape.toString());
            try (SafetensorsWriter writer = new SafetensorsWriter(beside, metadata, table)) {
                for (TensorSpec tensor : table) {
                    ByteBuffer values = weights.read(tensor);
                    hash.update(values.duplicate());
                    writer.write(tensor, values);
                }
                writer.finish();
            }
            String name = HexFormat.of().formatHex(hash.digest()).substring(0, HASH_DIGITS);
            Path besideCard = Files.writeString(beside.resolveSibling(beside.getFileName() + CARD), card);
            Files.move(besideCard, folder.resolve(name + CARD), StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return name;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    Optional<String> card(String name) throws IOException {
        Path card = folder.resolve(name + CARD);
        return NAME.matcher(name).matches() && Files.exists(card)
                ? Optional.of(Files.readString(card))
                : Optional.empty();
    }

    SavedState open(String name, ModelShape shape) throws CheckpointRefusedException {
        if (!NAME.matcher(name).matches()) {
            throw new CheckpointRefusedException(name, "imported weights have names of 16 hexadecimal digits");
        }
        try {
            SafetensorsReader reader = SafetensorsReader.open(file(name));
            try {
                reader.requireChecksum();
                reader.header().requireTensors(Networks.parameters(shape));
                return new ImportedState(reader);
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new CheckpointRefusedException(name, "there are no such weights in " + folder);
        } catch (IOException e) {
            throw new CheckpointRefusedException(name, String.valueOf(e.getMessage()));
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }
}
