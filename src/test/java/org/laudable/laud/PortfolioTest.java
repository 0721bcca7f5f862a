package org.laudable.laud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.laudable.loop.RunState;
import org.laudable.project.ProjectDirectory;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Whose projects a portfolio shows, and what of them. */
@QuarkusTest
class PortfolioTest {
    @Inject PortfolioService portfolio;
    @Inject RunRepository runs;
    @Inject ProjectDirectory projects;
    @Inject Sample sample;

    @Test
    void it_holds_the_projects_a_person_manages_and_no_others() {
        User manager = sample.person("manager");
        User annotator = sample.person("annotator");
        long active = sample.project(manager, "a", "b");
        long archived = sample.project(manager, "a", "b");
        sample.member(active, annotator, "ANNOTATOR");
        sample.execute("update project set state = 'ARCHIVED' where id = ?", archived);

        List<PortfolioService.Entry> seen = ActingAs.person(manager, () -> portfolio.mine());

        assertEquals(List.of(active), seen.stream().map(entry -> entry.project().id()).toList());
        assertEquals(Optional.empty(), seen.getFirst().state());
        assertEquals(List.of(), ActingAs.person(annotator, () -> portfolio.mine()));
    }

    @Test
    void it_tells_state_and_money_of_a_run() {
        User manager = sample.person("manager");
        long project = sample.project(manager, "a", "b");
        sample.execute("update budget set settled_micros = 3000000 where project_id = ?", project);
        long run = runs.insert(project, RunSettings.of(projects.get(project), "en"), manager.id()).orElseThrow();
        runs.leave(run, RunState.PAUSED, RunState.LABELING, null);

        PortfolioService.Entry seen = ActingAs.person(manager, () -> portfolio.mine()).getFirst();

        assertEquals(Optional.of(RunState.PAUSED), seen.state());
        assertEquals(3_000_000, seen.budget().settledMicros());
        assertTrue(seen.quality().isEmpty() && seen.curve().isEmpty());
    }
}
