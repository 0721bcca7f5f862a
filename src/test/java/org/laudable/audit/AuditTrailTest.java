package org.laudable.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.laudable.project.ProjectService;
import org.laudable.security.ActingAs;
import org.laudable.security.AuditLog;
import org.laudable.security.User;
import org.laudable.testing.Sample;

@QuarkusTest
class AuditTrailTest {
    @Inject AuditTrail trail;
    @Inject AuditChaining chaining;
    @Inject AuditLog log;
    @Inject ProjectService projects;
    @Inject DataSource dataSource;
    @Inject Sample sample;

    @Test
    void a_change_is_told_field_by_field_before_and_after() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        ActingAs.person(manager, () -> projects.update(projects.find(project).withGeneral("Groceries", "What we sell")));

        AuditEvent newest = ActingAs.person(manager, () -> trail.events(AuditFilter.ALL.inProject(project), 0, 1)).getFirst();
        assertEquals("project.changed", newest.action());
        assertEquals(Optional.of("manager"), newest.who());
        assertTrue(newest.details().contains("\"after\": \"Groceries\""), newest.details());
        assertFalse(newest.details().contains("overlap"), "what did not change is not listed");
    }

    @Test
    void saving_without_a_change_leaves_no_record() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        int before = ActingAs.person(manager, () -> trail.count(AuditFilter.ALL.inProject(project)));
        ActingAs.person(manager, () -> projects.update(projects.find(project)));

        assertEquals(before, ActingAs.person(manager, () -> trail.count(AuditFilter.ALL.inProject(project))));
    }

    @Test
    void what_many_write_at_once_is_all_chained_and_the_chain_holds() throws Exception {
        User admin = sample.admin("boss");
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = IntStream.range(0, 40).<Future<?>>mapToObj(i -> people.submit(() -> {
                ActingAs.person(admin, () -> log.record("test.noted", "test:" + i, null, Map.of("text", "ü \u2028 " + i)));
                chaining.chain();
            })).toList();
            for (Future<?> one : writing) {
                one.get();
            }
        }
        chaining.chain();

        AuditChain.Verification found = ActingAs.person(admin, trail::verify);
        assertEquals(Optional.empty(), found.fault());
        assertEquals(sample.number("select count(*) from audit_event"), found.events() + found.waiting());
        assertTrue(found.events() >= 40);
    }

    @Test
    void neither_an_event_nor_a_link_of_the_chain_can_be_changed_or_removed() {
        ActingAs.person(sample.admin("boss"), () -> log.record("test.noted", "test:1", null, Map.of()));
        chaining.chain();
        for (String attempt : List.of("update audit_event set action = 'x'", "delete from audit_event", "truncate audit_event cascade",
                "update audit_chain set hash = hash", "delete from audit_chain", "truncate audit_chain")) {
            assertThrows(IllegalStateException.class, () -> sample.execute(attempt), attempt);
        }
    }

    @Test
    void whoever_owns_the_database_and_changes_it_is_found_out() throws SQLException {
        User admin = sample.admin("boss");
        IntStream.range(0, 3).forEach(i -> ActingAs.person(admin, () -> log.record("test.noted", "test:" + i, null, Map.of())));
        chaining.chain();
        long last = sample.number("select max(event_id) from audit_chain");
        long middle = sample.number("select event_id from audit_chain where position = (select max(position) - 1 from audit_chain)");

        assertTrue(after("update audit_event set account_id = 0 where id = " + middle).fault().orElseThrow().startsWith("Event " + middle + " "));
        assertTrue(after("delete from audit_event where id = " + middle).fault().orElseThrow().endsWith("was removed."));
        assertTrue(after("delete from audit_chain where event_id = " + middle).fault().orElseThrow().endsWith("is missing."));
        assertTrue(after("update audit_event set details = '{\"x\": 1}' where id = " + last).fault().isPresent());
        assertEquals("1 events were put in past the chain.",
                after("insert into audit_event (action, subject) values ('test.forged', 'test:1')").fault().orElseThrow());
        assertEquals(Optional.empty(), after("select 1").fault());
    }

    /** What the walk finds once somebody with all rights has done this; it is rolled back then. */
    private AuditChain.Verification after(String deed) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("alter table audit_event disable trigger user");
                statement.execute("alter table audit_chain disable trigger user");
                statement.execute(deed);
                return AuditChain.walk(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    @Test
    void a_manager_reads_the_own_projects_trail_and_nobody_elses() {
        User manager = sample.person("manager");
        User annotator = sample.person("annotator");
        long project = sample.project(manager, "a", "b");
        sample.member(project, annotator, "ANNOTATOR");
        long other = sample.project(sample.person("other"), "a", "b");
        ActingAs.person(manager, () -> projects.update(projects.find(project).withGeneral("Mine", "")));

        assertEquals(1, ActingAs.person(manager, () -> trail.count(AuditFilter.ALL.inProject(project))));
        for (AuditFilter forbidden : List.of(AuditFilter.ALL, AuditFilter.ALL.inProject(other))) {
            assertThrows(ForbiddenException.class, () -> ActingAs.person(manager, () -> trail.events(forbidden, 0, 10)));
            assertThrows(ForbiddenException.class, () -> ActingAs.person(manager, () -> trail.file(forbidden, AuditTrail.Format.CSV)));
        }
        assertThrows(ForbiddenException.class, () -> ActingAs.person(annotator, () -> trail.events(AuditFilter.ALL.inProject(project), 0, 10)));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(manager, trail::verify));
    }

    @Test
    void filters_narrow_by_person_feature_time_and_text() {
        User admin = sample.admin("boss");
        User other = sample.admin("other");
        long project = sample.project(admin, "a", "b");
        ActingAs.person(admin, () -> log.record("alpha.begun", "test:1", project, Map.of("word", "Zebra")));
        ActingAs.person(other, () -> log.record("alphabet.begun", "test:2", project, Map.of("word", "Okapi")));
        AuditFilter all = AuditFilter.ALL.inProject(project);

        ActingAs.person(admin, () -> {
            assertEquals(2, trail.count(all));
            assertEquals(1, trail.count(new AuditFilter(Optional.of(other.id()), Optional.empty(), Optional.of(project), Optional.empty(), Optional.empty(), Optional.empty())));
            assertEquals(1, trail.count(new AuditFilter(Optional.empty(), Optional.of("alpha"), Optional.of(project), Optional.empty(), Optional.empty(), Optional.empty())));
            assertEquals(1, trail.count(new AuditFilter(Optional.empty(), Optional.empty(), Optional.of(project), Optional.empty(), Optional.empty(), Optional.of("zebra"))));
            assertEquals(0, trail.count(new AuditFilter(Optional.empty(), Optional.empty(), Optional.of(project), Optional.empty(),
                    Optional.of(java.time.Instant.parse("2020-01-01T00:00:00Z")), Optional.empty())));
            assertTrue(trail.features().containsAll(List.of("alpha", "alphabet")));
            assertEquals(List.of("boss", "other"), trail.people(Optional.of(project)).stream().map(AuditTrail.Person::name).toList());
        });
    }

    @Test
    void a_file_of_the_trail_carries_no_formulas_and_is_itself_on_record() throws IOException {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        ActingAs.person(manager, () -> log.record("test.noted", "=1+1", project, Map.of("a", 1)));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        ActingAs.person(manager, () -> trail.file(AuditFilter.ALL.inProject(project), AuditTrail.Format.CSV)).writeTo(csv);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ActingAs.person(manager, () -> trail.file(AuditFilter.ALL.inProject(project), AuditTrail.Format.NDJSON)).writeTo(lines);

        assertTrue(csv.toString(StandardCharsets.UTF_8).contains(",'=1+1,"), csv.toString(StandardCharsets.UTF_8));
        List<String> events = lines.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(events.getFirst().contains("\"details\":{\"a\":1}"), events.getFirst());
        assertTrue(events.get(1).contains("audit.exported"), "the first export is in the second");
    }
}
