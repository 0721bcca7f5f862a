package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deny by default: every page and every REST method says who may use it, and only the entrance is open to all. */
class EveryDoorTest {
    private static final JavaClasses LAUDABLE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.laudable");
    private static final List<Class<? extends Annotation>> FOR_PAGES =
            List.of(PermitAll.class, RolesAllowed.class, AnonymousAllowed.class, DenyAll.class);
    private static final List<Class<? extends Annotation>> FOR_REST =
            List.of(Authenticated.class, RolesAllowed.class, PermitAll.class, DenyAll.class);

    @Test
    void every_page_says_who_may_open_it() {
        List<JavaClass> pages = pages().toList();

        assertFalse(pages.isEmpty());
        assertEquals(List.of(), pages.stream().filter(page -> !hasOne(page, FOR_PAGES)).map(JavaClass::getSimpleName).toList());
    }

    @Test
    void only_the_entrance_is_open_to_everyone() {
        assertEquals(Set.of("LoginView", "WelcomeView", "InviteView"),
                Set.copyOf(pages().filter(page -> page.isAnnotatedWith(AnonymousAllowed.class)).map(JavaClass::getSimpleName).toList()));
    }

    @Test
    void pages_below_admin_are_for_administrators() {
        assertEquals(List.of(), pages()
                .filter(page -> page.isAnnotatedWith(Route.class) && page.getAnnotationOfType(Route.class).value().startsWith("admin"))
                .filter(page -> !page.isAnnotatedWith(RolesAllowed.class)
                        || !List.of(page.getAnnotationOfType(RolesAllowed.class).value()).equals(List.of(CurrentUser.ADMIN)))
                .map(JavaClass::getSimpleName).toList());
    }

    @Test
    void every_rest_method_says_who_may_call_it() {
        assertEquals(List.of(), LAUDABLE.stream().flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .filter(method -> !hasOne(method, FOR_REST) && !hasOne(method.getOwner(), FOR_REST))
                .map(JavaMethod::getFullName).toList());
    }

    private static Stream<JavaClass> pages() {
        return LAUDABLE.stream().filter(type -> type.isAnnotatedWith(Route.class) || type.isAnnotatedWith(Layout.class));
    }

    private static boolean hasOne(CanBeAnnotated element, List<Class<? extends Annotation>> annotations) {
        return annotations.stream().anyMatch(element::isAnnotatedWith);
    }
}
