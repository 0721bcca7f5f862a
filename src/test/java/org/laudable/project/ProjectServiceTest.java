package org.laudable.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class ProjectServiceTest {
    @Inject ProjectService projects;
    @Inject ClassService classes;
    @Inject Sample sample;

    private User manager;

    @BeforeEach
    void someone() {
        manager = sample.person("manager");
    }

    @Test
    void whoever_creates_a_project_manages_it() {
        Project project = create("Foods");
        assertEquals(ProjectState.DRAFT, project.state());
        assertEquals(1, sample.number("select count(*) from project_member where project_id = ? and account_id = ? and role = 'MANAGER'",
                project.id(), manager.id()));
        assertEquals(1, sample.number("select count(*) from audit_event where project_id = ? and action = 'project.created' and account_id = ?",
                project.id(), manager.id()));
        assertEquals(project, ActingAs.person(manager, () -> projects.find(project.id())));
    }

    @Test
    void settings_changed_by_somebody_else_meanwhile_are_not_overwritten() {
        Project read = create("Foods");
        Project changed = ActingAs.person(manager, () -> projects.update(read.withGeneral("Groceries", "")));
        assertEquals("Groceries", changed.name());
        Refused refused = assertThrows(Refused.class, () -> ActingAs.person(manager, () -> projects.update(read.withGeneral("Drinks", ""))));
        assertTrue(refused.getMessage().contains("Reload"));
        assertEquals("Groceries", ActingAs.person(manager, () -> projects.find(read.id())).name());
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        Project project = create("Foods");
        for (Project bad : List.of(project.withGeneral(" ", ""), project.withLabeling(new LabelingSettings(0, 15, 200, 25)),
                project.withLabeling(new LabelingSettings(1, 15, 200, 0)), project.withLoop(new LoopSettings("prior", "magic", StoppingSettings.DEFAULTS)),
                project.withLoop(new LoopSettings("prior", "margin", new StoppingSettings(true, 1.5, false, null))),
                project.withBudget(new BudgetSettings("Euro", null, RateKind.NONE, 0, 120)),
                project.withBudget(new BudgetSettings("EUR", -1L, RateKind.NONE, 0, 120)),
                project.withBudget(new BudgetSettings("EUR", null, RateKind.PER_HOUR, 0, 120)))) {
            assertThrows(Refused.class, () -> ActingAs.person(manager, () -> projects.update(bad)));
        }
    }

    @Test
    void a_cap_below_what_is_spent_is_refused_in_words() {
        Project project = create("Foods");
        sample.execute("insert into budget (project_id, settled_micros) values (?, 5000000) on conflict (project_id) do update set settled_micros = 5000000", project.id());
        Refused refused = assertThrows(Refused.class, () -> ActingAs.person(manager,
                () -> projects.update(project.withBudget(new BudgetSettings("EUR", 1_000_000L, RateKind.PER_LABEL, 50_000, 120)))));
        assertTrue(refused.getMessage().contains("cap"));
    }

    @Test
    void a_project_needs_two_classes_to_start() {
        Project project = create("Foods");
        act(() -> classes.add(project.id(), List.of(new ClassService.NewClass("Dairy", ""))));
        assertThrows(Refused.class, () -> act(() -> projects.activate(project.id())));
        act(() -> classes.add(project.id(), List.of(new ClassService.NewClass("Fruit", ""))));
        act(() -> projects.activate(project.id()));
        assertEquals(ProjectState.ACTIVE, ActingAs.person(manager, () -> projects.find(project.id())).state());
        assertThrows(Refused.class, () -> act(() -> classes.add(project.id(), List.of(new ClassService.NewClass("dairy ", "")))));
    }

    @Test
    void a_class_with_labels_is_never_removed_but_retired_or_merged() {
        long project = sample.project(manager, "Dairy", "Cheese", "Fruit");
        List<Long> ids = sample.classIds(project);
        long item = sample.items(project, List.of("Blue cheese")).getFirst();
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')",
                project, item, ids.get(1));
        sample.execute("insert into item_suggestion (item_id, class_id, source, import_id) values (?, ?, 'theirs', 1)", item, ids.get(1));
        Refused refused = assertThrows(Refused.class, () -> act(() -> classes.remove(project, ids.get(1))));
        assertTrue(refused.getMessage().contains("1 labels") || refused.getMessage().contains("'Cheese'"));
        act(() -> classes.merge(project, ids.get(1), ids.get(0)));
        assertEquals(ids.get(0), sample.number("select class_id from resolution where item_id = ? and superseded_at is null", item));
        assertEquals(ids.get(1), sample.number("select class_id from resolution where item_id = ? and superseded_at is not null", item));
        assertEquals(ids.get(0), sample.number("select class_id from item_suggestion where item_id = ?", item), "and what a file suggested");
        assertTrue(ActingAs.person(manager, () -> projects.classes(project)).get(1).retired());
        assertThrows(Refused.class, () -> act(() -> classes.retire(project, ids.get(2))));
        act(() -> classes.restore(project, ids.get(1)));
        act(() -> classes.remove(project, ids.get(2)));
        assertEquals(2, sample.classIds(project).size());
    }

    @Test
    void merging_keeps_each_answer_as_a_revision() {
        long project = sample.project(manager, "Dairy", "Cheese", "Fruit");
        List<Long> ids = sample.classIds(project);
        long item = sample.items(project, List.of("Blue cheese")).getFirst();
        long task = sample.number("""
                insert into task (project_id, item_id, purpose, priority, reason) values (?, ?, 'TRAIN', 1, '') returning id""", project, item);
        sample.execute("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, answered_at)
                values (?, ?, ?, ?, ?, 1, 'LABEL', ?, now())""", UUID.randomUUID(), task, item, project, manager.id(), ids.get(1));
        act(() -> classes.merge(project, ids.get(1), ids.get(0)));
        assertEquals(ids.get(1), sample.number("select class_id from annotation where task_id = ? and revision = 1", task));
        assertEquals(ids.get(0), sample.number("select class_id from annotation where task_id = ? and revision = 2", task));
    }

    @Test
    void guidelines_get_a_new_version_with_each_change() {
        Project project = create("Foods");
        act(() -> projects.saveGuideline(project.id(), "# One"));
        act(() -> projects.saveGuideline(project.id(), "# One"));
        Guideline second = ActingAs.person(manager, () -> projects.saveGuideline(project.id(), "# Two"));
        assertEquals(2, second.number());
        assertEquals(manager.displayName(), second.author());
        assertEquals(2, ActingAs.person(manager, () -> projects.guidelineVersions(project.id())).size());
    }

    @Test
    void a_cloned_set_up_has_classes_and_guidelines_but_no_data() {
        long project = sample.project(manager, "Dairy", "Fruit");
        sample.items(project, List.of("Milk"));
        act(() -> projects.saveGuideline(project, "Look closely."));
        Project copy = ActingAs.person(manager, () -> projects.cloneSetup(project, "Second round"));
        assertEquals(List.of("Dairy", "Fruit"), ActingAs.person(manager, () -> projects.classes(copy.id())).stream().map(LabelClass::name).toList());
        assertEquals("Look closely.", ActingAs.person(manager, () -> projects.guideline(copy.id())).orElseThrow().markdown());
        assertEquals(0, sample.number("select count(*) from item where project_id = ?", copy.id()));
        assertEquals(ProjectState.DRAFT, copy.state());
    }

    @Test
    void deleting_takes_everything_but_only_after_typing_the_name() {
        long project = sample.project(manager, "Dairy", "Fruit");
        List<Long> ids = sample.classIds(project);
        long item = sample.items(project, List.of("Milk")).getFirst();
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')",
                project, item, ids.getFirst());
        long task = sample.number("insert into task (project_id, item_id, purpose, priority, reason) values (?, ?, 'TRAIN', 1, '') returning id", project, item);
        sample.execute("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, answered_at)
                values (?, ?, ?, ?, ?, 1, 'LABEL', ?, now())""", UUID.randomUUID(), task, item, project, manager.id(), ids.getFirst());
        sample.execute("insert into ledger_entry (project_id, kind, source, amount_micros) values (?, 'RESERVE', 'PERSON', 5)", project);
        assertThrows(Refused.class, () -> act(() -> projects.delete(project, "something else")));
        String name = ActingAs.person(manager, () -> projects.find(project)).name();
        act(() -> projects.delete(project, name));
        for (String table : List.of("project where id", "item where project_id", "annotation where project_id", "ledger_entry where project_id")) {
            assertEquals(0, sample.number("select count(*) from " + table + " = ?", project));
        }
        assertEquals(1, sample.number("select count(*) from audit_event where project_id = ? and action = 'project.deleted'", project));
    }

    @Test
    void reviewers_mend_the_guidelines_annotators_do_not() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "dairy", "fruit");
        User reviewer = sample.person("reviewer");
        User annotator = sample.person("annotator");
        sample.member(project, reviewer, "REVIEWER");
        sample.member(project, annotator, "ANNOTATOR");
        assertEquals(1, ActingAs.person(reviewer, () -> projects.saveGuideline(project, "Look twice.")).number());
        assertThrows(ForbiddenException.class, () -> ActingAs.person(annotator, () -> projects.saveGuideline(project, "x")));
    }

    @Test
    void only_managers_change_a_project() {
        long project = sample.project(manager, "Dairy", "Fruit", "Meat");
        long dairy = sample.classIds(project).getFirst();
        Project read = ActingAs.person(manager, () -> projects.find(project));
        List<Consumer<Long>> deeds = List.of(p -> projects.update(read), p -> projects.archive(p), p -> projects.unarchive(p),
                p -> projects.activate(p), p -> projects.cloneSetup(p, "x"), p -> projects.delete(p, read.name()),
                p -> classes.add(p, List.of(new ClassService.NewClass("New", ""))),
                p -> classes.rename(p, dairy, "Milk", ""), p -> classes.retire(p, dairy), p -> classes.remove(p, dairy),
                p -> classes.reorder(p, List.of(dairy)), p -> classes.usage(p, dairy));
        for (String role : List.of("REVIEWER", "ANNOTATOR", "NONE")) {
            User user = sample.person(role.toLowerCase());
            if (!role.equals("NONE")) {
                sample.member(project, user, role);
                assertEquals(read, ActingAs.person(user, () -> projects.find(project)));
            } else {
                assertThrows(ForbiddenException.class, () -> ActingAs.person(user, () -> projects.find(project)));
                assertFalse(ActingAs.person(user, () -> projects.mine()).contains(read));
            }
            for (Consumer<Long> deed : deeds) {
                assertThrows(ForbiddenException.class, () -> ActingAs.person(user, () -> deed.accept(project)));
            }
        }
        assertEquals(read, ActingAs.person(manager, () -> projects.find(project)));
        User admin = sample.admin("admin");
        assertEquals("Admin's", ActingAs.person(admin, () -> projects.update(read.withGeneral("Admin's", ""))).name());
    }

    private Project create(String name) {
        return ActingAs.person(manager, () -> projects.create(name, ""));
    }

    private void act(Runnable deed) {
        ActingAs.person(manager, deed);
    }
}
