package org.plmfrontier.dataset.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "org.plmfrontier.dataset";
    private static final String[] ADAPTERS = {
        "kafka", "db", "http", "metrics", "web", "s3", "mmseqs", "compression", "wiring"
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final List<ArchRule> PURE = List.of(
            pure("seed"),
            pure("finding"),
            pure("refusal"),
            pure("pipeline"),
            pure("fasta", "finding"),
            pure("residue", "fasta", "finding", "contracts.token"),
            pure("source", "refusal", "runtime.digest", "runtime.disk"),
            pure("fingerprint"),
            pure("spill", "seed", "fingerprint"),
            pure("identity", "refusal"),
            pure("packing", "seed", "contracts.token"),
            pure(
                    "statistics",
                    "contracts.token",
                    "contracts.topic",
                    "contracts.recipe",
                    "contracts.masking",
                    "contracts.corpus"),
            pure(
                    "corpus",
                    "fasta",
                    "finding",
                    "residue",
                    "spill",
                    "source",
                    "fingerprint",
                    "identity",
                    "seed",
                    "packing",
                    "pipeline",
                    "statistics",
                    "refusal",
                    "runtime.digest",
                    "com.google.re2j",
                    "contracts.token",
                    "contracts.topic",
                    "contracts.model",
                    "contracts.corpus"),
            pure(
                    "ingest",
                    "corpus",
                    "spill",
                    "source",
                    "refusal",
                    "contracts.model",
                    "contracts.topic",
                    "contracts.corpus"),
            pure(
                    "plan",
                    "refusal",
                    "contracts.model",
                    "contracts.recipe",
                    "contracts.job",
                    "contracts.corpus",
                    "contracts.token"),
            pure(
                    "evaluation",
                    "identity",
                    "plan",
                    "refusal",
                    "source",
                    "study",
                    "runtime.digest",
                    "contracts.corpus",
                    "contracts.evaluation",
                    "contracts.event",
                    "contracts.job",
                    "contracts.model"),
            pure("design", "plan", "refusal", "contracts.model", "contracts.recipe"),
            pure(
                    "study",
                    "corpus",
                    "design",
                    "plan",
                    "refusal",
                    "contracts.job",
                    "contracts.event",
                    "contracts.corpus",
                    "contracts.model",
                    "contracts.recipe"));

    private static final Set<String> PURE_PACKAGES = Set.of(
            "seed",
            "finding",
            "refusal",
            "fasta",
            "residue",
            "source",
            "fingerprint",
            "spill",
            "identity",
            "packing",
            "pipeline",
            "statistics",
            "corpus",
            "ingest",
            "plan",
            "design",
            "evaluation",
            "study");

    @Test
    void purePackagesDependOnWhatTheyMay() {
        PURE.forEach(rule -> rule.check(CLASSES));
    }

    @Test
    void adaptersAreLeaves() {
        for (String adapter : ADAPTERS) {
            if (!adapter.equals("wiring")) {
                String[] others = Arrays.stream(ADAPTERS)
                        .filter(other -> !other.equals(adapter))
                        .toArray(String[]::new);
                AllowedDependencies.adapter(ROOT, adapter, others).check(CLASSES);
            }
        }
    }

    @Test
    void everyPackageIsUnderARule() {
        Set<String> ruled = new TreeSet<>(PURE_PACKAGES);
        ruled.addAll(Set.of(ADAPTERS));
        Set<String> present = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            present.add(type.getPackageName().substring(ROOT.length() + 1));
        }
        assertThat(present).isEqualTo(ruled);
    }

    @Test
    void theRulesBite() {
        JavaClasses broken = new ClassFileImporter().importPackages(ROOT + ".architecture.broken");
        String root = ROOT + ".architecture.broken";
        assertThatThrownBy(() -> AllowedDependencies.of(root, "packing", "contracts.token")
                        .check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LoggingPacker")
                .hasMessageContaining("org.jboss.logging.Logger");
        assertThatThrownBy(
                        () -> AllowedDependencies.adapter(root, "kafka", "db").check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("StoringPublisher");
    }

    private static ArchRule pure(String name, String... allowed) {
        return AllowedDependencies.of(ROOT, name, allowed);
    }
}
