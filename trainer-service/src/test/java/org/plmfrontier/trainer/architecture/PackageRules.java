package org.plmfrontier.trainer.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What each pure package may depend on; a package that is not named here may not exist beside the adapters. */
final class PackageRules {
    static final String ROOT = "org.plmfrontier.trainer.";

    /** Pure packages and the trainer's own packages that they may use, beside the JDK and the contracts. */
    static final Map<String, List<String>> PURE = Map.ofEntries(
            Map.entry("archive", List.of()),
            Map.entry("tokenlog", List.of()),
            Map.entry("masking", List.of()),
            Map.entry("batch", List.of()),
            Map.entry("parameter", List.of()),
            Map.entry("network", List.of("archive", "batch", "parameter")),
            Map.entry("transformer", List.of("archive", "batch", "network", "parameter")),
            Map.entry("lstm", List.of("archive", "batch", "network", "parameter")),
            Map.entry("modern", List.of("archive", "batch", "network", "parameter")),
            Map.entry("family", List.of("lstm", "modern", "network", "parameter", "transformer")),
            Map.entry("engine", List.of("batch", "parameter")),
            Map.entry("checkpoint", List.of("parameter")),
            Map.entry("assignment", List.of("checkpoint")),
            Map.entry("residency", List.of("assignment", "checkpoint", "engine")),
            Map.entry("huggingface", List.of("checkpoint", "family", "network", "parameter")),
            Map.entry("model", List.of("checkpoint", "engine", "family", "heldout", "parameter", "tokenlog")),
            Map.entry("downstream", List.of("engine")),
            Map.entry("evaluator", List.of("batch", "checkpoint", "downstream", "engine", "model")),
            Map.entry("evaluation", List.of("contact", "downstream", "likelihood", "structure", "variant")),
            Map.entry("likelihood", List.of("batch", "downstream", "engine", "masking", "protein", "ranking")),
            Map.entry("protein", List.of("downstream")),
            Map.entry("ranking", List.of()),
            Map.entry("variant", List.of("batch", "downstream", "engine", "masking", "protein", "ranking")),
            Map.entry(
                    "contact",
                    List.of("batch", "coordinates", "downstream", "engine", "protein", "ranking", "regression")),
            Map.entry("coordinates", List.of("downstream", "protein")),
            Map.entry("regression", List.of()),
            Map.entry("structure", List.of("batch", "downstream", "engine", "protein", "ranking", "regression")),
            Map.entry("heldout", List.of("batch", "engine", "masking", "tokenlog")),
            Map.entry(
                    "slice",
                    List.of(
                            "assignment",
                            "batch",
                            "checkpoint",
                            "engine",
                            "family",
                            "heldout",
                            "masking",
                            "parameter",
                            "residency",
                            "tokenlog")));

    /** Knows both sides; nobody knows it. */
    static final String WIRING = "wiring";

    /** Adapters; none of them may use another one. */
    static final List<String> ADAPTERS = List.of("djl", "safetensors", "s3", "kafka", "metrics", "health", "http");

    /** Packages of the JDK and of annotations that say nothing at run time. */
    private static final List<String> PLAIN = List.of(
            "java.io..",
            "java.lang..",
            "java.math..",
            "java.nio..",
            "java.time..",
            "java.util..",
            "com.google.errorprone.annotations..",
            "org.jspecify.annotations..",
            "org.plmfrontier.contracts..",
            "org.plmfrontier.runtime.digest",
            "org.plmfrontier.runtime.retry");

    private PackageRules() {}

    static ArchRule pure(String root, String name) {
        List<String> allowed = new ArrayList<>(PLAIN);
        allowed.add(root + name);
        PURE.get(name).forEach(other -> allowed.add(ROOT + other));
        return classes()
                .that()
                .resideInAPackage(root + name)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                .because("package " + name + " is pure and may use " + PURE.get(name) + " only");
    }

    static ArchRule leaf(String name) {
        List<String> forbidden = new ArrayList<>(List.of(ROOT + WIRING));
        ADAPTERS.stream().filter(other -> !other.equals(name)).forEach(other -> forbidden.add(ROOT + other + ".."));
        return classes()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage(forbidden.toArray(String[]::new))))
                .because("adapters are leaves");
    }
}
