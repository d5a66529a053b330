package io.nodeplane.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.nodeplane.plexd.cluster.NodeMarks;
import io.nodeplane.plexd.cluster.ObjectName;
import io.nodeplane.plexd.nodesecrets.RecordedSecret;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules between packages, as plexd's DESIGN.md states them (seed "KubeClient interface"). */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nodeplane.plexd", "io.nodeplane.runtime", "io.nodeplane.app");

    /** The codecs of the two contracts, and the JSON that both are written in. */
    private static final String[] CODECS = {
        "io.nodeplane.plexd.seed..", "io.nodeplane.plexd.platform..", "io.nodeplane.plexd.wire.."
    };

    /** Packages of plain values that a decision may look at. */
    private static final String[] VALUES = {
        "java.lang..",
        "java.math..",
        "java.net",
        "java.nio.charset..",
        "java.nio.file",
        "java.security",
        "java.time..",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "org.jspecify..",
        "io.nodeplane.plexd.identity",
        "io.nodeplane.plexd.state",
        "io.nodeplane.plexd.report"
    };

    @Test
    void seesTheAgent() {
        assertTrue(OURS.contain(Plexd.class) && OURS.size() > 100, OURS.size() + " classes");
    }

    @Test
    void decisionsLookAtValuesOnly() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Plan")
                .or()
                .haveSimpleNameEndingWith("Desired")
                .or()
                .haveSimpleNameEndingWith("Observed")
                .or(inHooksAndPure())
                .should(dependOnValuesOnly())
                .check(OURS);
    }

    @Test
    void featuresKnowNoWireForm() {
        noWireForm().check(OURS);
    }

    @Test
    void contractsDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.nodeplane.plexd.seed..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nodeplane.plexd.platform..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("io.nodeplane.plexd.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nodeplane.plexd.seed..")
                .check(OURS);
    }

    @Test
    void aClassThatKnowsTheWireFormIsFound() {
        var withApp = noClasses()
                .that()
                .resideInAnyPackage("io.nodeplane.plexd..", "io.nodeplane.app..")
                .and()
                .resideOutsideOfPackage("io.nodeplane.plexd.seed..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.nodeplane.plexd.seed..");

        assertThrows(AssertionError.class, () -> withApp.check(OURS));
    }

    @Test
    void runtimeKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("io.nodeplane.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nodeplane.plexd..", "io.nodeplane.app..", "com.plexsphere..")
                .check(OURS);
    }

    @Test
    void onlyTheFeaturesOfTheKindsKnowTheGeneratedTypes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.nodeplane.plexd.nodestate..", "io.nodeplane.plexd.hooks..", "io.nodeplane.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.plexsphere..")
                .check(OURS);
    }

    @Test
    void theNodeApiAsksTheApiServerByPortsOnly() {
        noClasses()
                .that()
                .resideInAPackage("io.nodeplane.plexd.nodeapi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.nodeplane.app..")
                .check(OURS);
    }

    @Test
    void routesDecideNothingAboutCallers() {
        noClasses()
                .that()
                .resideInAPackage("io.nodeplane.plexd.nodeapi.routes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nodeplane.plexd.tokenreview..", "jdk.net..")
                .check(OURS);
    }

    @Test
    void onlyTheAppEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.nodeplane.app..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(OURS);
    }

    @Test
    void onlyHooksAndTheJournalAreProcesses() {
        noProcessesOutside("io.nodeplane.plexd.filehooks..", "io.nodeplane.plexd.logs..")
                .check(OURS);
    }

    @Test
    void aClassThatStartsAProcessIsFound() {
        assertThrows(
                AssertionError.class,
                () -> noProcessesOutside("io.nodeplane.plexd.logs..").check(OURS));
    }

    @Test
    void whatIsRunKnowsNothingOfWhoAsks() {
        noClasses()
                .that()
                .resideInAnyPackage("io.nodeplane.plexd.filehooks..", "io.nodeplane.plexd.actions.builtin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.nodeplane.plexd.http..", "io.nodeplane.plexd.events..")
                .check(OURS);
    }

    @Test
    void noPackageIsADrawerForAnything() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..misc..", "..base..")
                .check(OURS);
    }

    @Test
    void nobodyReadsTheEnvironmentBehindItsCallersBack() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Plexd")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(OURS);
    }

    /** What is said and rendered about a hook follows from values alone, as its plan does. */
    private static DescribedPredicate<JavaClass> inHooksAndPure() {
        var names = Set.of("HookProgress", "HookRules", "HookStatus", "HookSpec", "JobManifest", "FailureText");
        return resideInAPackage("io.nodeplane.plexd.hooks")
                .and(DescribedPredicate.describe("pure", type -> names.contains(type.getSimpleName())));
    }

    private static ArchRule noProcessesOutside(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class);
    }

    private static ArchRule noWireForm() {
        return noClasses()
                .that()
                .resideInAPackage("io.nodeplane.plexd..")
                .and()
                .resideOutsideOfPackages(CODECS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CODECS);
    }

    private static ArchCondition<JavaClass> dependOnValuesOnly() {
        // Names and marks are values too, though they live beside the client that needs them, and so is a shared entry.
        DescribedPredicate<JavaClass> values = resideInAnyPackage(VALUES)
                .or(type(ObjectName.class))
                .or(type(NodeMarks.class))
                .or(type(RecordedSecret.class));
        return new ArchCondition<>("depend on values and their own feature only") {
            @Override
            public void check(JavaClass decision, ConditionEvents events) {
                var own = resideInAPackage(decision.getPackageName());
                decision.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                !values.or(own).test(dependency.getTargetClass().getBaseComponentType()))
                        .filter(dependency -> !dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .isPrimitive())
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(decision, dependency.getDescription())));
            }
        };
    }
}
