package org.plmfrontier.trainer.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.trainer.coordinates.MadeUpStructure;
import org.plmfrontier.trainer.djl.DownstreamScene;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.FakeEngine;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;

/** Contacts of made-up proteins, in tables and in structures. */
class ContactsTest {
    private static final String HELIX = "ACDEFGHIKLMNPQRSTVWY";

    @TempDir
    Path folder;

    private final List<EvaluationData> data = new ArrayList<>();

    @Test
    void contactsThatFollowFromTheAttentionAreFoundBetterThanBySeparation() throws IOException, UnusableDataException {
        planted("trainingProteins", "trainingContacts", 6, 1);
        planted("proteins", "contacts", 5, 2);
        Contacts contacts = contacts(Map.of("lambda", "1e-3"));
        assertThat(contacts.findings()).isEmpty();
        try (ProteinModel model = DownstreamScene.model()) {
            List<Measure> measures = contacts.measure(model).measures();
            List<Measure> baseline = contacts.baselines().get("smallest separation");
            assertThat(measures)
                    .extracting(Measure::metric)
                    .containsExactly(
                            "longPrecisionL",
                            "longPrecisionL2",
                            "longPrecisionL5",
                            "mediumPrecisionL",
                            "shortPrecisionL");
            measures.forEach(measure -> System.out.println("planted contacts " + measure));
            assertThat(measures.get(2).value()).isGreaterThan(baseline.get(2).value() + 0.3);
            assertThat(measures.get(2).count()).isEqualTo(5);
            assertThat(measures.get(2).low()).isNotNull();
            assertThat(contacts.measure(model).measures()).isEqualTo(measures);
        }
    }

    @Test
    void aStructureInEitherFormatHasTheSameContacts() throws IOException, UnusableDataException {
        MadeUpStructure structure = new MadeUpStructure()
                .atom("MSE", 1, "CB", 0, 0, 0)
                .atom("GLY", 2, "CA", 3, 0, 0)
                .atom("ALA", 30, "CB", 7.99, 0, 0)
                .atom("TRP", 31, "CB", 8, 0, 0)
                .atom("LEU", 32, "CA", 0, 0, 0);
        Path pdb = Files.writeString(folder.resolve("a.pdb"), structure.pdb());
        Path cif = Files.writeString(folder.resolve("a.cif"), structure.mmcif());
        ContactProtein protein = StructureContacts.read(pdb, "a", Optional.empty());
        ContactProtein other = StructureContacts.read(cif, "a", Optional.empty());
        assertThat(other.contacts()).isEqualTo(protein.contacts());
        assertThat(other.numbers()).isEqualTo(protein.numbers()).containsExactly(0, 1, 29, 30, 31);
        assertThat(other.protein().tokens()).isEqualTo(protein.protein().tokens());
        assertThat(protein.isContact(0, 2)).isTrue();
        assertThat(protein.isContact(0, 3)).as("8 Angstrom apart").isFalse();
        assertThat(protein.counts(0, 2)).isTrue();
        assertThat(protein.counts(0, 4)).as("no C-beta").isFalse();
        assertThat(protein.counts(2, 3)).as("neighbours").isFalse();
    }

    @Test
    void badRowsAndStructuresAreSetApartAndTheRestIsUsed() throws IOException, UnusableDataException {
        planted("trainingProteins", "trainingContacts", 3, 1);
        file("proteins", "p.fasta", ">a\n" + HELIX + "\n>a\nACD\n>none\nACDEF\n>long\n" + "A".repeat(70) + "\n");
        file(
                "contacts",
                "c.tsv",
                "id\ti\tj\na\t1\t20\na\t0\t3\na\t4\t21\na\tx\t9\nb\t1\t2\na\t5\nlong\t1\t9\na\t12\t2\n");
        file("structures", "s.pdb", "nothing\n");
        file(
                "structures",
                "two.pdb",
                new MadeUpStructure().atom("ALA", 1, "CB", 0, 0, 0).pdb().replace("END\n", "")
                        + new MadeUpStructure()
                                .atom("ALA", 1, "CB", 0, 0, 0)
                                .pdb()
                                .replace("ALA A", "ALA B"));
        Contacts contacts = contacts(Map.of("maxLength", "60"));
        assertThat(contacts.findings())
                .anySatisfy(f -> assertThat(f).contains("s.pdb: no atom of an amino acid"))
                .anySatisfy(f -> assertThat(f).contains("two.pdb: has the chains [A, B], name one by the option chain"))
                .anySatisfy(f -> assertThat(f).contains("p.fasta: protein 'a' comes again"))
                .anySatisfy(f -> assertThat(f)
                        .contains("c.tsv: 3 contacts set apart")
                        .contains("line 3 (a: 0 and 3 of 20)")
                        .contains("line 5 (a: x and 9 of 20)"))
                .anySatisfy(f -> assertThat(f).contains("line 6 (b)"))
                .anySatisfy(f -> assertThat(f).contains("line 7 (2 fields)"))
                .anySatisfy(f -> assertThat(f).contains("no contact of theirs is listed: none"))
                .anySatisfy(
                        f -> assertThat(f).contains("longer than 60 residues").contains("long of 70"));
        assertThat(contacts.baselines().get("smallest separation"))
                .extracting(Measure::metric)
                .containsExactly("mediumPrecisionL", "shortPrecisionL");
    }

    @Test
    void aModelWithoutAttentionSaysSo() throws IOException, UnusableDataException {
        planted("trainingProteins", "trainingContacts", 3, 1);
        planted("proteins", "contacts", 2, 2);
        try (ProteinModel model = new FakeEngine()
                .open(new ModelSettings(ModelShape.lstm(1, 8, 8), Optimizer.adamW()), false, tensor -> {
                    throw new IOException("not read");
                })) {
            var outcome = contacts(Map.of()).measure(model);
            assertThat(outcome.measures()).isEmpty();
            assertThat(outcome.findings()).containsExactly("the model has no attention maps, its layers do not attend");
        }
    }

    @Test
    void proteinsThatAreMeasuredAreNotTrainedOn() throws IOException, UnusableDataException {
        planted("trainingProteins", "trainingContacts", 4, 1);
        planted("proteins", "contacts", 1, 1);
        assertThat(contacts(Map.of()).findings())
                .containsExactly("1 training proteins are left out, they are among those that are measured");
    }

    @Test
    void withoutDataOrContactsThereIsNoEvaluation() throws IOException {
        assertThatThrownBy(() -> contacts(Map.of()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("trainingStructures");
        file("trainingProteins", "t.fasta", ">t\n" + HELIX + "\n");
        file("trainingContacts", "t.tsv", "id\ti\tj\nt\t1\t3\n");
        planted("proteins", "contacts", 1, 1);
        assertThatThrownBy(() -> contacts(Map.of())).hasMessageContaining("have 0 contacts among 105 pairs");
        assertThatThrownBy(() -> contacts(Map.of("radius", "8"))).hasMessageContaining("radius");
    }

    private Contacts contacts(Map<String, String> options) throws IOException, UnusableDataException {
        EvaluationSpec spec = new EvaluationSpec("c", EvaluationKind.CONTACTS, new TreeMap<>(options), data);
        return Contacts.of(spec, file -> folder.resolve(file.role() + file.name()));
    }

    private void file(String role, String name, String text) throws IOException {
        Files.writeString(folder.resolve(role + name), text);
        data.add(new EvaluationData(role, name, "0".repeat(64), 1));
    }

    /** Proteins of 60 residues in which tryptophans touch each other: what a residue is shows in whom it attends to. */
    private void planted(String proteins, String contacts, int count, long seed) throws IOException {
        SplitMix64 random = new SplitMix64(seed);
        StringBuilder fasta = new StringBuilder();
        StringBuilder table = new StringBuilder("id\ti\tj\n");
        for (int protein = 0; protein < count; protein++) {
            StringBuilder sequence = new StringBuilder();
            for (int i = 0; i < 60; i++) {
                sequence.append(random.nextInt(4) == 0 ? 'W' : HELIX.charAt(random.nextInt(10)));
            }
            for (int i = 0; i < 60; i++) {
                for (int j = i + 1; j < 60; j++) {
                    if (sequence.charAt(i) == 'W' && sequence.charAt(j) == 'W') {
                        table.append("p" + protein + "\t" + (i + 1) + "\t" + (j + 1) + "\n");
                    }
                }
            }
            fasta.append(">p" + protein + "\n" + sequence + "\n");
        }
        file(proteins, "proteins.fasta", fasta.toString());
        file(contacts, "contacts.tsv", table.toString());
    }
}
