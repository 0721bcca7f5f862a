package org.laudable.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.laudable.access.AccessMatrix;
import org.laudable.access.AccessMatrix.Kind;
import org.laudable.access.AccessMatrix.Needs;

/**
 * Opens every page as who needs just enough for it, as who has just too little, and as nobody, in a project of the demo's
 * team that has nothing in it.
 */
final class PageAccess {
    private static final List<Needs> MEMBERS = List.of(Needs.PERSON, Needs.ANNOTATOR, Needs.REVIEWER, Needs.MANAGER, Needs.ADMIN);

    private final RunningLaudable laudable;
    private final long texts;
    private final long series;
    private final long oneSeries;
    private final Map<Needs, Page> pages = new EnumMap<>(Needs.class);

    PageAccess(RunningLaudable laudable, Chromium chromium) {
        this.laudable = laudable;
        this.texts = project("TEXT");
        this.series = project("SERIES");
        this.oneSeries = laudable.number("insert into series (project_id, name, points, step_seconds, starts_at, ends_at) values ("
                + series + ", 'pump', 10, 60, now() - interval '10 minutes', now()) returning id");
        laudable.number("insert into series_channel (series_id, ordinal, name) values (" + oneSeries + ", 0, 'flow') returning series_id");
        pages.put(Needs.NOBODY, chromium.person().newPage());
        Map.of(Needs.PERSON, "ben", Needs.ANNOTATOR, "anna", Needs.REVIEWER, "rico", Needs.MANAGER, "maya", Needs.ADMIN, "admin").forEach((needs, name) -> {
            if (needs != Needs.PERSON && needs != Needs.ADMIN) {
                laudable.number("insert into project_member (project_id, account_id, role) select p.id, a.id, '" + needs
                        + "' from account a, project p where a.username = '" + name + "' and p.id in (" + texts + ", " + series + ") returning account_id");
            }
            BrowserContext context = chromium.person();
            pages.put(needs, new Desk(laudable, context).signIn(name, name + "-laudable").page());
        });
    }

    private long project(String kind) {
        long project = laudable.number("insert into project (kind, name, state, seed) values ('" + kind + "', 'Empty', 'ACTIVE', 1) returning id");
        laudable.number("insert into budget (project_id) values (" + project + ") on conflict do nothing returning project_id");
        if (kind.equals("SERIES")) {
            laudable.number("insert into series_settings (project_id) values (" + project + ") on conflict do nothing returning project_id");
        }
        return project;
    }

    /** What is not as the matrix says. */
    List<String> differences() throws IOException {
        AccessMatrix matrix = AccessMatrix.read();
        Set<String> routes = routes();
        List<String> wrong = new ArrayList<>(matrix.differences(Kind.PAGE, routes));
        for (String route : routes) {
            Needs needs = matrix.of(Kind.PAGE).getOrDefault(route, Needs.NOBODY);
            if (needs == Needs.NOBODY) {
                continue;
            }
            expect(route, needs, true, wrong);
            expect(route, Needs.NOBODY, false, wrong);
            int place = MEMBERS.indexOf(needs);
            if (place > 0) {
                expect(route, MEMBERS.get(place - 1), false, wrong);
            }
        }
        return wrong;
    }

    private void expect(String route, Needs who, boolean opens, List<String> wrong) {
        Page page = pages.get(who);
        page.navigate(laudable.url("/" + address(route)));
        page.locator("h1, [data-testid=deck], .notice-page").first().waitFor();
        if (opens == denied(page, opens)) {
            wrong.add(route + (opens ? " does not open to " : " opens to ") + who);
        }
    }

    /** Whether the person stands before the door; the address becomes the sign-in page's a moment after its heading is there. */
    private static boolean denied(Page page, boolean opens) {
        BooleanSupplier outside = () -> page.url().contains("/login") || page.locator(".notice-page .code").count() > 0;
        if (opens) {
            return outside.getAsBoolean();
        }
        try {
            page.waitForCondition(outside);
            return true;
        } catch (TimeoutError e) {
            return false;
        }
    }

    private String address(String route) {
        boolean ofSeries = route.contains("series") || route.contains("anomalies");
        return route.replaceAll("/:projectId\\?\\(.*\\)", "").replaceAll(":seriesId\\(.*\\)", Long.toString(oneSeries))
                .replace(":projectId", Long.toString(ofSeries ? series : texts));
    }

    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.laudable").stream()
                .filter(type -> type.isAnnotatedWith(Route.class)).forEach(type -> routes.add(type.getAnnotationOfType(Route.class).value()));
        return routes;
    }
}
