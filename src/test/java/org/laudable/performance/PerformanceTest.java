package org.laudable.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.security.AccountService;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** People's figures and who may see them. */
@QuarkusTest
class PerformanceTest {
    @Inject PerformanceService performance;
    @Inject AccountService accounts;
    @Inject Sample sample;
    private User manager;
    private User ann;
    private User ben;
    private long project;
    private List<Long> items;
    private List<Long> classes;

    @BeforeEach
    void two_people_answered() {
        manager = sample.person("manager");
        ann = sample.person("ann");
        ben = sample.person("ben");
        project = sample.project(manager, "a", "b");
        sample.member(project, ann, "ANNOTATOR");
        sample.member(project, ben, "ANNOTATOR");
        items = sample.items(project, List.of("one", "two", "three"));
        classes = sample.classIds(project);
        answer(items.get(0), ann, 1, "LABEL", classes.get(0), 60_000);
        answer(items.get(0), ben, 1, "LABEL", classes.get(1), 30_000);
        answer(items.get(1), ann, 1, "LABEL", classes.get(1), 50_000);
        answer(items.get(1), ann, 2, "LABEL", classes.get(0), 10_000);
        answer(items.get(2), ann, 1, "SKIP", null, 5_000);
        resolve(items.get(0), "REVIEWER", classes.get(0), ann.id(), ben.id());
        resolve(items.get(1), "PERSON", classes.get(0), ann.id());
    }

    @Test
    void a_changed_answer_counts_once_and_agreement_only_where_others_had_a_say() {
        List<PersonFigures> people = ActingAs.person(manager, () -> performance.everyone(project, 30)).people();

        assertEquals(List.of(new PersonFigures(ann.id(), "ann", 2, 1, Duration.ofSeconds(125), 0, 1, 1),
                new PersonFigures(ben.id(), "ben", 1, 0, Duration.ofSeconds(30), 0, 1, 0)), people);
        assertEquals(57.6, people.getFirst().perHour().orElseThrow(), 0.01);
        DayFigures day = ActingAs.person(manager, () -> performance.everyone(project, 30)).days().getFirst();
        assertEquals(List.of("ann", 2L, 1, 1), List.of(day.name(), day.answers(), day.compared(), day.agreed()));
        assertTrue(people.getFirst().agreement().orElseThrow().low() < 0.3, "one item proves little");
    }

    @Test
    void everyone_but_managers_sees_their_own_figures_only() {
        assertEquals(List.of("ben"), ActingAs.person(ben, () -> performance.mine(project, 30)).people().stream().map(PersonFigures::name).toList());
        assertEquals(List.of("ben"), ActingAs.person(ben, () -> performance.mine(project, 30)).days().stream().map(DayFigures::name).toList());
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ben, () -> performance.everyone(project, 30)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(ben, () -> performance.file(project)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(sample.person("stranger"), () -> performance.mine(project, 30)));
    }

    @Test
    void an_anonymised_person_keeps_their_answers_under_a_number() {
        User admin = sample.admin("admin");
        assertThrows(ForbiddenException.class, () -> ActingAs.person(manager, () -> accounts.anonymise(ann.id())));
        assertThrows(Refused.class, () -> ActingAs.person(admin, () -> accounts.anonymise(admin.id())));

        ActingAs.person(admin, () -> accounts.anonymise(ann.id()));

        String file = ActingAs.person(manager, () -> performance.file(project));
        assertTrue(file.contains("Person " + ann.id() + ",2,125,"), file);
        assertTrue(!file.contains(",ann,"), file);
        assertEquals(0, sample.number("select count(*) from account where id = ? and (enabled or username like 'ann%' or email is not null)", ann.id()));
        assertEquals(4, sample.number("select count(*) from annotation where account_id = ?", ann.id()));
    }

    private void answer(long item, User person, int revision, String kind, Long classId, long millis) {
        long task = sample.number("""
                with fresh as (insert into task (project_id, item_id, purpose, state, priority, reason)
                  select ?, ?, 'TRAIN', 'DONE', 1, 'test' where not exists (select 1 from task where item_id = ?) returning id)
                select id from fresh union all select id from task where item_id = ?""", project, item, item, item);
        sample.execute("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, active_millis, answered_at)
                values (?, ?, ?, ?, ?, ?, ?, ?::bigint, ?, now())""", UUID.randomUUID(), task, item, project, person.id(), revision, kind, classId, millis);
    }

    private void resolve(long item, String origin, long classId, Long... people) {
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin, annotators) values (?, ?, 'LABEL', ?, ?, string_to_array(?, ',')::bigint[])",
                project, item, classId, origin, String.join(",", java.util.Arrays.stream(people).map(String::valueOf).toList()));
    }
}
