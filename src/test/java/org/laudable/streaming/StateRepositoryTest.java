package org.laudable.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Sample;

@QuarkusTest
class StateRepositoryTest {
    private static final long AT = 1_769_860_800_123L;

    @Inject StateRepository states;
    @Inject Sample sample;

    @Test
    void summaries_of_several_series_become_a_row_each_with_all_they_say() {
        long project = sample.project(sample.person("streams"), "a", "b");
        long one = series(project, "one");
        long other = series(project, "other");

        take(told(project, one, 100, new Float[] {.25f, 1e-5f, 1f}, .5, true), told(project, other, 7, new Float[0], null, false));

        assertEquals(1, sample.number("""
                select count(*) from live_series where series_id = ? and project_id = ? and detector_id = 5 and points = 100 and late = 1 and duplicates = 2
                  and gaps = 3 and last_at = timestamptz '2026-01-31 12:00:00.123+00' and recent = '{.25,1e-5,1}'::real[] and drift = .5 and drifted""", one, project));
        assertEquals(1, sample.number("""
                select count(*) from live_series where series_id = ? and points = 7 and recent = '{}' and drift is null and not drifted""", other));
    }

    @Test
    void told_again_or_late_a_summary_changes_nothing_and_the_newer_one_beside_it_counts() {
        long project = sample.project(sample.person("streams"), "a", "b");
        long one = series(project, "one");
        long other = series(project, "other");
        take(told(project, one, 100, new Float[] {.5f}, .5, false), told(project, other, 100, new Float[] {.5f}, .5, false));

        take(told(project, one, 100, new Float[] {.75f}, .75, true), told(project, other, 130, new Float[] {.75f}, .75, true));
        take(told(project, one, 90, new Float[] {.75f}, .75, true));

        assertEquals(1, sample.number("select count(*) from live_series where series_id = ? and points = 100 and recent = '{.5}' and not drifted", one));
        assertEquals(1, sample.number("select count(*) from live_series where series_id = ? and points = 130 and rate = 1 and recent = '{.75}' and drifted", other));
    }

    private void take(StreamRecords.Summary... all) {
        QuarkusTransaction.requiringNew().run(() -> states.summaries(List.of(all)));
    }

    private static StreamRecords.Summary told(long project, long series, long points, Float[] recent, Double drift, boolean drifted) {
        return new StreamRecords.Summary(project, series, 5, new LiveSummary(points, 1, 2, 3, AT, recent, drift, drifted));
    }

    private long series(long project, String name) {
        return sample.insert("""
                insert into series (project_id, name, points, step_seconds, starts_at, ends_at) values (?, ?, 10, 1, now(), now() + interval '9 seconds')
                returning id""", project, name);
    }
}
