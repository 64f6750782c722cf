package org.plmfrontier.trainer.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.model.Family;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.plmfrontier.trainer");

    private static final ArchRule NO_FAMILY_BY_NAME = noClasses()
            .should()
            .accessFieldWhere(DescribedPredicate.<JavaFieldAccess>describe(
                    "a constant of Family",
                    access -> access.getTargetOwner().isEquivalentTo(Family.class)
                            && access.getTarget().getName().matches("[A-Z0-9_]+")))
            .because("what is special about a family is a question to its architecture");

    static Set<String> pure() {
        return PackageRules.PURE.keySet();
    }

    @ParameterizedTest
    @MethodSource("pure")
    void aPurePackageUsesOnlyWhatItIsAllowed(String name) {
        PackageRules.pure(PackageRules.ROOT, name).check(CLASSES);
    }

    @Test
    void adaptersAreLeaves() {
        PackageRules.ADAPTERS.forEach(name -> PackageRules.leaf(name).check(CLASSES));
    }

    @Test
    void nothingAsksForAFamilyByName() {
        NO_FAMILY_BY_NAME.check(CLASSES);
        JavaClasses broken = new ClassFileImporter().importPackages(PackageRules.ROOT + "architecture.broken.family");
        assertThatThrownBy(() -> NO_FAMILY_BY_NAME.check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("FamilyByName")
                .hasMessageContaining("ESM2");
    }

    @Test
    void everyPackageIsNamedInTheRules() {
        Set<String> expected = new TreeSet<>(PackageRules.PURE.keySet());
        expected.addAll(PackageRules.ADAPTERS);
        expected.add(PackageRules.WIRING);
        Set<String> present = CLASSES.stream()
                .map(type -> type.getPackageName())
                .filter(name -> name.startsWith(PackageRules.ROOT))
                .map(name -> name.substring(PackageRules.ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(present).isEqualTo(expected);
    }

    @Test
    void theRuleCatchesAPurePackageThatLogs() {
        String root = PackageRules.ROOT + "architecture.broken.";
        JavaClasses broken = new ClassFileImporter().importPackages(root + "masking");
        assertThatThrownBy(() -> PackageRules.pure(root, "masking").check(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("LoggingMasks")
                .hasMessageContaining("org.jboss.logging.Logger");
    }
}
