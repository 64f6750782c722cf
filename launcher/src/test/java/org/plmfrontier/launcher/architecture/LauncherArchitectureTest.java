package org.plmfrontier.launcher.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.plmfrontier.launcher.screen.ScreenThatKnowsKafka;

/** Allow-lists: what is not named here may not be used. */
class LauncherArchitectureTest {
    private static final String ROOT = "org.plmfrontier.launcher";
    private static final String JSON = "com.fasterxml.jackson..";

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static ArchRule only(String home, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + home)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                        .or(resideInAnyPackage("java..", "org.jspecify..", ROOT + "." + home)));
    }

    private static final ArchRule SCREEN = only("screen", ROOT + ".study", JSON);

    @Test
    void screensKnowOnlyWhatAStudyLooksLike() {
        SCREEN.check(production);
    }

    @Test
    void restKnowsOnlyJsonAndHttp() {
        only("rest", JSON).check(production);
    }

    @Test
    void theStudyKnowsContractsAndRest() {
        only("study", ROOT + ".rest", "org.plmfrontier.contracts..", JSON).check(production);
    }

    @Test
    void studyFilesKnowContractsRestAndStudies() {
        only("studyfile", ROOT + ".rest", ROOT + ".study", "org.plmfrontier.contracts.model", JSON)
                .check(production);
    }

    @Test
    void theSuiteKnowsProcessesBrokerAndDatabaseOnly() {
        only("suite", "org.plmfrontier.stack..", "com.sun.management").check(production);
    }

    @Test
    void modelsAreFilesAndJson() {
        only("model", JSON).check(production);
    }

    @Test
    void evaluationsAreOtherProgramsAndJson() {
        only("evaluation", JSON).check(production);
    }

    @Test
    void reportsKnowOnlyRest() {
        only("report", ROOT + ".rest").check(production);
    }

    @Test
    void deadLettersKnowOnlyTheBrokerAndTheirHeaders() {
        only("deadletter", "org.apache.kafka..", "org.plmfrontier.contracts.wire")
                .check(production);
    }

    @Test
    void fitsOfFilesKnowTheAnalysesAndNoServer() {
        only(
                        "fit",
                        "org.plmfrontier.contracts.wire",
                        "org.plmfrontier.fitting.analysis",
                        "org.plmfrontier.fitting.forecast",
                        "org.plmfrontier.fitting.parametric",
                        "org.plmfrontier.fitting.publication",
                        "org.plmfrontier.fitting.quantity",
                        "org.plmfrontier.fitting.table",
                        "org.plmfrontier.fitting.textfile",
                        "org.plmfrontier.fitting.tracking",
                        "com.google.re2j",
                        JSON)
                .check(production);
    }

    @Test
    void topicsAreReadOfTheBrokerAndKnowOnlyOffsets() {
        only("topic", "org.apache.kafka..", "org.plmfrontier.fitting.study").check(production);
    }

    @Test
    void recordingsAreEventsOfTheLogInFiles() {
        only(
                        "recording",
                        ROOT + ".topic",
                        "org.apache.kafka..",
                        "org.plmfrontier.contracts.event",
                        "org.plmfrontier.contracts.topic",
                        "org.plmfrontier.contracts.wire",
                        "org.plmfrontier.fitting.study",
                        JSON)
                .check(production);
    }

    @Test
    void verificationKnowsTheBrokerAndHowPredictionsAreMade() {
        only(
                        "verification",
                        ROOT + ".topic",
                        "org.apache.kafka..",
                        "org.plmfrontier.contracts.topic",
                        "org.plmfrontier.contracts.wire",
                        "org.plmfrontier.contracts.event",
                        "org.plmfrontier.fitting.curve",
                        "org.plmfrontier.fitting.prediction",
                        "org.plmfrontier.fitting.quantity",
                        "org.plmfrontier.fitting.study",
                        JSON)
                .check(production);
    }

    @Test
    void theRulesBite() {
        JavaClasses broken = new ClassFileImporter().importClasses(ScreenThatKnowsKafka.class);
        assertThat(SCREEN.evaluate(broken).hasViolation()).isTrue();
    }
}
