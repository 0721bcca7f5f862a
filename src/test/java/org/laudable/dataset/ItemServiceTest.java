package org.laudable.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.dataset.ItemFilter.Order;
import org.laudable.dataset.ItemFilter.Status;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class ItemServiceTest {
    @Inject ItemService items;
    @Inject EmbeddingStore embeddings;
    @Inject Sample sample;

    private User manager;
    private long project;
    private List<Long> classes;
    private List<Long> ids;

    @BeforeEach
    void five_items_of_which_three_are_answered() {
        manager = sample.person("manager");
        project = sample.project(manager, "Dairy", "Fruit");
        classes = sample.classIds(project);
        ids = sample.items(project, List.of("Blue cheese", "Apple 100%", "Pear_x", "Stone", "Milk"));
        label(ids.get(0), "LABEL", classes.get(0), "PERSON", .9);
        label(ids.get(1), "LABEL", classes.get(1), "MODEL", .6);
        label(ids.get(3), "NONE", null, "PERSON", 1);
        sample.execute("insert into prediction (item_id, project_id, run_id, model_version, class_id, confidence, margin, second_class_id) values (?, ?, 1, 3, ?, 0.4, 0.1, ?)",
                ids.get(2), project, classes.get(1), classes.get(0));
    }

    @Test
    void filters_find_exactly_what_they_say() {
        assertEquals(List.of(ids.get(0), ids.get(1)), found("", Status.LABELED, null, null, null, null));
        assertEquals(List.of(ids.get(3)), found("", Status.NONE, null, null, null, null));
        assertEquals(List.of(ids.get(2), ids.get(4)), found("", Status.UNLABELED, null, null, null, null));
        assertEquals(List.of(ids.get(1)), found("", Status.ALL, classes.get(1), null, null, null));
        assertEquals(List.of(ids.get(1)), found("", Status.ALL, null, Origin.MODEL, null, null));
        assertEquals(List.of(ids.get(1), ids.get(2)), found("", Status.ALL, null, null, .3f, .7f));
        assertEquals(List.of(ids.get(0)), found("CHEESE", Status.ALL, null, null, null, null));
        assertEquals(List.of(ids.get(1)), found("0%", Status.ALL, null, null, null, null));
        assertEquals(List.of(ids.get(2)), found("r_", Status.ALL, null, null, null, null));
        assertEquals(List.of(ids.get(4)), found("row-" + ids.get(4), Status.ALL, null, null, null, null));
    }

    @Test
    void the_least_sure_come_first_when_asked_for() {
        ItemFilter filter = new ItemFilter("", Status.ALL, null, null, null, null, Order.LEAST_SURE);
        assertEquals(List.of(ids.get(2), ids.get(1), ids.get(0), ids.get(3), ids.get(4)),
                ActingAs.person(manager, () -> items.page(project, filter, 0, 10)).stream().map(ItemSummary::id).toList());
    }

    @Test
    void figures_count_labels_by_origin() {
        assertEquals(new ProjectFigures(0, 5, 2, 1, 1), ActingAs.person(manager, () -> items.figures(project)));
        assertEquals(5, ActingAs.person(manager, () -> items.myFigures()).get(project).items());
    }

    @Test
    void an_items_history_holds_every_answer_and_earlier_label() {
        long item = ids.get(0);
        long task = sample.number("""
                insert into task (project_id, item_id, purpose, priority, reason, suggestion_class_id, suggestion_confidence)
                values (?, ?, 'TRAIN', 1, '', ?, 0.5) returning id""", project, item, classes.get(1));
        for (int revision = 1; revision <= 2; revision++) {
            sample.execute("""
                    insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, answered_at, active_millis, comment)
                    values (?, ?, ?, ?, ?, ?, 'LABEL', ?, now(), 1500, 'sure')""", UUID.randomUUID(), task, item, project, manager.id(), revision,
                    classes.get(revision - 1));
        }
        sample.execute("update resolution set superseded_at = now() where item_id = ?", item);
        label(item, "LABEL", classes.get(1), "REVIEWER", 1);
        ItemHistory history = ActingAs.person(manager, () -> items.history(project, item));
        assertEquals(List.of("Fruit", "Dairy"), history.labels().stream().map(ItemHistory.Label::className).toList());
        assertNull(history.labels().getFirst().supersededAt());
        assertEquals(List.of(2, 1), history.answers().stream().map(ItemHistory.Answer::revision).toList());
        assertEquals(manager.displayName(), history.answers().getFirst().person());
        assertEquals("Fruit", history.questions().getFirst().suggestion());
        assertEquals("row-" + item, history.rows().getFirst().externalId());
        assertEquals("Fruit", ActingAs.person(manager, () -> items.history(project, ids.get(2))).prediction().className());
    }

    @Test
    void an_item_of_another_project_is_not_shown() {
        User other = sample.person("other");
        long elsewhere = sample.project(other, "A", "B");
        assertThrows(Refused.class, () -> ActingAs.person(other, () -> items.history(elsewhere, ids.get(0))));
    }

    @Test
    void vectors_come_back_in_order_and_stay_as_first_stored() {
        String model = "test-" + UUID.randomUUID();
        byte[] one = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        byte[] two = one.clone();
        two[0] = 99;
        embeddings.save(model, List.of(one), List.of(new float[] {1.5f, -2}));
        embeddings.save(model, List.of(one, one.clone()), List.of(new float[] {7, 7}, new float[] {8, 8}));
        float[][] loaded = embeddings.load(model, List.of(two, one, one));
        assertNull(loaded[0]);
        assertArrayEquals(new float[] {1.5f, -2}, loaded[1]);
        assertArrayEquals(loaded[1], loaded[2]);
    }

    private List<Long> found(String search, Status status, Long classId, Origin origin, Float from, Float to) {
        ItemFilter filter = new ItemFilter(search, status, classId, origin, from, to, Order.FILE);
        List<Long> found = ActingAs.person(manager, () -> items.page(project, filter, 0, 10)).stream().map(ItemSummary::id).toList();
        assertEquals(found.size(), ActingAs.person(manager, () -> items.count(project, filter)));
        return found;
    }

    private void label(long item, String outcome, Long classId, String origin, double confidence) {
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, confidence, annotators)
                values (?, ?, ?, ?, ?, ?, array[?]::bigint[])""", project, item, outcome, classId, origin, confidence, manager.id());
    }
}
