package org.plmfrontier.dataset.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.Source;

/**
 * Where the reading of the sources stood when a part was done. A part is one source file.
 *
 * @param parts the files that are done, in order
 * @param ordinals proteins that passed the filters
 * @param setApart records that did not become one of them, by reason
 * @param findings oddities of the files that are done
 * @param files spill files and their lengths, bytes
 */
record Checkpoint(
        List<Part> parts,
        long ordinals,
        Map<SetApart, Long> setApart,
        List<Finding> findings,
        Map<String, Long> files) {
    /**
     * One file as it was read.
     *
     * @param sha256 of its bytes, hexadecimal
     * @param bytes how many they were
     */
    record Part(String sha256, long bytes) {
        /** Files with what they turned out to be. */
        static List<Source> read(List<Source> sources, List<Part> parts) {
            List<Source> read = new ArrayList<>();
            for (int i = 0; i < sources.size(); i++) {
                read.add(sources.get(i).read(parts.get(i).sha256(), parts.get(i).bytes()));
            }
            return read;
        }
    }

    static final Checkpoint START = new Checkpoint(List.of(), 0, Map.of(), List.of(), Map.of());

    /** Writes the checkpoint in one step: whoever reads finds this one or the one before it. */
    void save(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            out.writeInt(parts.size());
            for (Part part : parts) {
                out.writeUTF(part.sha256());
                out.writeLong(part.bytes());
            }
            out.writeLong(ordinals);
            out.writeInt(setApart.size());
            for (Map.Entry<SetApart, Long> reason : setApart.entrySet()) {
                out.writeUTF(reason.getKey().name());
                out.writeLong(reason.getValue());
            }
            out.writeInt(findings.size());
            for (Finding finding : findings) {
                out.writeUTF(finding.type().name());
                out.writeLong(finding.count());
                out.writeInt(finding.files().size());
                for (Place place : finding.files()) {
                    write(place, out);
                }
            }
            out.writeInt(files.size());
            for (Map.Entry<String, Long> one : files.entrySet()) {
                out.writeUTF(one.getKey());
                out.writeLong(one.getValue());
            }
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The checkpoint of a file, or the start where there is none. */
    static Checkpoint load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return START;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            List<Part> parts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                parts.add(new Part(in.readUTF(), in.readLong()));
            }
            long ordinals = in.readLong();
            Map<SetApart, Long> setApart = new EnumMap<>(SetApart.class);
            for (int left = in.readInt(); left > 0; left--) {
                setApart.put(SetApart.valueOf(in.readUTF()), in.readLong());
            }
            List<Finding> findings = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                FindingClass type = FindingClass.valueOf(in.readUTF());
                findings.add(readFinding(type, in));
            }
            Map<String, Long> files = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                files.put(in.readUTF(), in.readLong());
            }
            return new Checkpoint(parts, ordinals, setApart, findings, files);
        }
    }

    private static void write(Place place, DataOutputStream out) throws IOException {
        out.writeUTF(place.file());
        out.writeLong(place.line());
        out.writeBoolean(place.detail() != null);
        if (place.detail() != null) {
            out.writeUTF(place.detail());
        }
    }

    private static Finding readFinding(FindingClass type, DataInputStream in) throws IOException {
        long count = in.readLong();
        List<Place> files = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            files.add(new Place(in.readUTF(), in.readLong(), in.readBoolean() ? in.readUTF() : null));
        }
        return new Finding(type, count, files.getFirst(), files);
    }
}
