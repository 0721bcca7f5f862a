package org.laudable;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls between packages. A failing rule says which wall, and why it stands. */
class ArchitectureTest {
    private static JavaClasses laudable;

    @BeforeAll
    static void read() {
        laudable = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.laudable");
    }

    @Test
    void engines_know_no_framework_and_no_feature() {
        noClasses().that().resideInAPackage("org.laudable.engine..")
                .should().dependOnClassesThat(DescribedPredicate.describe("are frameworks or features",
                        type -> type.getPackageName().startsWith("org.laudable.") && !type.getPackageName().startsWith("org.laudable.engine")
                                || startsWithAny(type, "io.quarkus", "com.vaadin", "jakarta.", "org.hibernate", "java.sql", "javax.sql")))
                .because("an engine is plain Java: replay, tests and the product run the very same code")
                .check(laudable);
    }

    @Test
    void services_never_call_views() {
        noClasses().that().resideOutsideOfPackages("..ui..")
                .should().dependOnClassesThat().resideInAPackage("..ui..")
                .because("arrows run ui → services → engine | persistence, never back")
                .check(laudable);
    }

    @Test
    void vaadin_stays_in_ui_packages() {
        noClasses().that().resideOutsideOfPackages("..ui..")
                .should().dependOnClassesThat().resideInAPackage("com.vaadin..")
                .because("a service can be used by REST, a job or a test without a browser")
                .check(laudable);
    }

    @Test
    void entities_stay_in_their_feature() {
        classes().that().areAnnotatedWith(Entity.class).should().notBePublic()
                .because("records leave a feature, entities do not")
                .check(laudable);
    }

    @Test
    void features_form_no_cycle() {
        slices().matching("org.laudable.(*)..").should().beFreeOfCycles()
                .ignoreDependency(inUi(), DescribedPredicate.alwaysTrue())
                .because("a cycle between features cannot be understood, or changed, one at a time")
                .check(laudable);
    }

    @Test
    void services_ask_the_shared_clock() {
        noClasses().that().resideOutsideOfPackages("..ui..", "..cli..", "..engine..", "..backup..", "..llm.client..")
                .should().callMethod(Instant.class, "now")
                .because("the machines of several processes do not agree on the time; the Clock that is injected tells the database's")
                .check(laudable);
    }

    @Test
    void views_of_one_feature_do_not_reach_into_the_parts_of_another() {
        noClasses().that().resideInAPackage("..ui..")
                .should().dependOnClassesThat().resideInAPackage("..persistence..")
                .because("views go through services, where access is checked")
                .check(laudable);
    }

    private static DescribedPredicate<JavaClass> inUi() {
        return DescribedPredicate.describe("in a ui package", type -> (type.getPackageName() + ".").contains(".ui."));
    }

    private static boolean startsWithAny(JavaClass type, String... prefixes) {
        for (String prefix : prefixes) {
            if (type.getPackageName().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
