package org.plmfrontier.dataset.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a package may depend on: itself, the JDK, null annotations, and the packages that are named. */
final class AllowedDependencies {
    private AllowedDependencies() {}

    /**
     * @param root package above the services' packages
     * @param name package below the root
     * @param allowed packages below the root, of that module where they start with {@code contracts.} or
     *     {@code runtime.}, of a library where they start with {@code com.}
     */
    static ArchRule of(String root, String name, String... allowed) {
        List<String> packages = new ArrayList<>();
        packages.add("java..");
        packages.add("org.jspecify.annotations..");
        packages.add(root + "." + name);
        Arrays.stream(allowed)
                .map(one -> one.startsWith("contracts.") || one.startsWith("runtime.")
                        ? "org.plmfrontier." + one
                        : one.startsWith("com.") ? one : root + "." + one)
                .forEach(packages::add);
        return classes()
                .that()
                .resideInAPackage(root + "." + name)
                .should()
                .onlyDependOnClassesThat(residesIn(packages));
    }

    /** Adapters may use anything but each other. */
    static ArchRule adapter(String root, String name, String... others) {
        String[] forbidden = Arrays.stream(others).map(one -> root + "." + one).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + "." + name)
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(forbidden)));
    }

    private static DescribedPredicate<JavaClass> residesIn(List<String> packages) {
        return DescribedPredicate.or(
                JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new)),
                DescribedPredicate.describe(
                        "are primitive", type -> type.getBaseComponentType().isPrimitive()));
    }
}
