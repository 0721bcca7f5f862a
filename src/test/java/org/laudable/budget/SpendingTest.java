package org.laudable.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Where the money went. */
@QuarkusTest
class SpendingTest {
    private static final long EURO = 1_000_000;

    @Inject BudgetService budget;
    @Inject SpendingService spending;
    @Inject Sample sample;
    private User manager;
    private User ann;
    private User ben;
    private long project;

    @BeforeEach
    void two_people_and_a_model_were_paid() {
        manager = sample.person("manager");
        ann = sample.person("ann");
        ben = sample.person("=ben");
        project = sample.project(manager, "a", "b");
        sample.member(project, ann, "ANNOTATOR");
        sample.member(project, ben, "ANNOTATOR");
        sample.execute("update project set cap_micros = ?, rate_kind = 'PER_LABEL', rate_micros = ? where id = ?", 10 * EURO, EURO, project);
        pay(Source.PERSON, ann, 2 * EURO);
        pay(Source.PERSON, ann, EURO);
        pay(Source.PERSON, ben, EURO);
        pay(Source.LLM, null, EURO / 2);
        budget.reverse(pay(Source.PERSON, ben, EURO), "undone");
        budget.release(reserve(Source.PERSON, ben, EURO));
        reserve(Source.PERSON, ben, EURO);
    }

    @Test
    void sums_by_source_person_and_day_are_what_was_settled() {
        Spending seen = ActingAs.person(manager, () -> spending.spending(project));

        assertEquals(4 * EURO + EURO / 2, seen.settledMicros());
        assertEquals(EURO, seen.reservedMicros());
        assertEquals(OptionalLong.of(10 * EURO), seen.capMicros());
        assertEquals(List.of(new Spending.Share("PERSON", 4 * EURO, 3), new Spending.Share("LLM", EURO / 2, 1)), seen.sources());
        assertEquals(List.of(new Spending.Share("ann", 3 * EURO, 2), new Spending.Share("=ben", EURO, 1)), seen.people());
        assertEquals(seen.settledMicros(), seen.models().stream().mapToLong(Spending.Share::micros).sum()
                + seen.people().stream().mapToLong(Spending.Share::micros).sum());
        assertEquals(seen.settledMicros(), seen.days().stream().mapToLong(Spending.Day::micros).sum());
    }

    @Test
    void the_ledger_is_read_in_pages_and_by_kind() {
        LedgerFilter paid = new LedgerFilter(Optional.of("SETTLE"), Optional.of(Source.PERSON));

        assertEquals(4, ActingAs.person(manager, () -> spending.count(project, paid)));
        List<LedgerLine> page = ActingAs.person(manager, () -> spending.lines(project, paid, 1, 2));
        assertEquals(List.of(Optional.of("=ben"), Optional.of("ann")), page.stream().map(LedgerLine::who).toList());
        assertEquals(ActingAs.person(manager, () -> spending.count(project, LedgerFilter.ALL)),
                ActingAs.person(manager, () -> spending.lines(project, LedgerFilter.ALL, 0, 100)).size());
    }

    @Test
    void the_file_has_every_entry_and_no_cell_is_a_formula() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ActingAs.person(manager, () -> spending.file(project)).writeTo(out);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1 + ActingAs.person(manager, () -> spending.count(project, LedgerFilter.ALL)), lines.size());
        assertTrue(lines.get(1).endsWith(",RESERVE,PERSON,ann,,,2.000000,EUR,"), lines.get(1));
        assertTrue(lines.stream().anyMatch(line -> line.contains(",'=ben,")));
        assertFalse(lines.stream().anyMatch(line -> line.contains(",=ben,")));
    }

    @Test
    void only_managers_of_the_project_see_it() {
        for (User other : List.of(ann, sample.person("stranger"))) {
            assertThrows(ForbiddenException.class, () -> ActingAs.person(other, () -> spending.spending(project)));
            assertThrows(ForbiddenException.class, () -> ActingAs.person(other, () -> spending.lines(project, LedgerFilter.ALL, 0, 1)));
            assertThrows(ForbiddenException.class, () -> ActingAs.person(other, () -> spending.count(project, LedgerFilter.ALL)));
            assertThrows(ForbiddenException.class, () -> ActingAs.person(other, () -> spending.file(project)));
        }
    }

    private long pay(Source source, User person, long micros) {
        long reservation = reserve(source, person, micros);
        budget.settle(reservation, micros);
        return reservation;
    }

    private long reserve(Source source, User person, long micros) {
        return budget.reserve(project, source, person == null ? null : person.id(), null, micros).orElseThrow();
    }
}
