package org.laudable.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

@QuarkusTest
class JobServiceTest {
    @Inject JobService jobs;
    @Inject Sample sample;
    @Inject Counting counting;
    @Inject JobRepository repository;

    @Test
    void a_submitted_job_runs_once_and_tells_how_far_it_got() {
        long id = submit("fine", 0);

        Eventually.holds("the job is done", () -> state(id) == JobState.DONE);

        Job job = jobs.find(id).orElseThrow();
        assertEquals(10, job.done());
        assertEquals(10L, job.total());
        assertEquals("half way and on", job.message());
        assertEquals(1, counting.tries("fine"));
    }

    @Test
    void a_job_of_a_rolled_back_transaction_never_runs() {
        QuarkusTransaction.begin();
        submit("rolled-back", 0);
        QuarkusTransaction.rollback();
        long marker = submit("after-rollback", 0);

        Eventually.holds("a later job is done", () -> state(marker) == JobState.DONE);

        assertEquals(0, counting.tries("rolled-back"));
    }

    @Test
    void a_job_that_fails_once_is_tried_again_and_then_done() {
        long id = submit("fails-once", 1);

        Eventually.holds("the second try is done", () -> state(id) == JobState.DONE);

        assertEquals(2, counting.tries("fails-once"));
    }

    @Test
    void a_job_that_keeps_failing_is_shown_as_failed_with_its_reason_and_can_be_retried() {
        long id = submit("fails-twice", 2);

        Eventually.holds("it is given up", () -> state(id) == JobState.FAILED);
        assertEquals("planned failure 2", jobs.find(id).orElseThrow().error());

        jobs.retry(id);
        Eventually.holds("the retry is done", () -> state(id) == JobState.DONE);
    }

    @Test
    void a_job_that_waits_and_has_no_execution_any_more_is_begun_all_the_same() {
        long id = submit("forgotten", 0);
        Eventually.holds("the first run is done", () -> state(id) == JobState.DONE);
        Eventually.holds("its execution is gone", () -> sample.number("select count(*) from scheduled_tasks where task_instance = ?", Long.toString(id)) == 0);
        sample.execute("update job set state = 'WAITING', finished_at = null, created_at = now() - interval '1 minute' where id = ?", id);

        Eventually.holds("it ran again", () -> counting.tries("forgotten") == 2 && state(id) == JobState.DONE);
    }

    @Test
    void a_job_is_not_given_up_for_a_database_that_is_away() {
        long id = submit("away", 2);

        Eventually.holds("it is done when the database is back", () -> state(id) == JobState.DONE);

        assertEquals(3, counting.tries("away"));
    }

    @Test
    void a_cancelled_job_stops_at_its_next_safe_point() {
        long id = submit("endless", -1);
        Eventually.holds("it runs", () -> state(id) == JobState.RUNNING);

        jobs.cancel(id);

        Eventually.holds("it ended as cancelled", () -> state(id) == JobState.CANCELLED);
    }

    @Test
    void a_job_whose_process_died_is_taken_over() {
        long id = submit("taken-over", 0);
        Eventually.holds("the first run is done", () -> state(id) == JobState.DONE);
        sample.execute("update job set state = 'RUNNING', finished_at = null where id = ?", id);
        sample.execute("""
                insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, picked_by, last_heartbeat, version, priority)
                values ('job', ?, int8send(?), now() - interval '2 minutes', true, 'a dead process', now() - interval '2 minutes', 1, 50)""",
                Long.toString(id), id);

        Eventually.holds("the job ran again", () -> counting.tries("taken-over") == 2 && state(id) == JobState.DONE);
        assertTrue(jobs.find(id).orElseThrow().attempts() >= 2);
        assertFalse(jobs.find(id).orElseThrow().state() == JobState.FAILED);
    }

    @Test
    void a_process_that_was_cut_off_cannot_speak_for_a_job_that_another_took_over() {
        long id = repository.insert("test.none", null, JsonNodeFactory.instance.objectNode(), null, JobPriority.NORMAL, null).id();
        JobRepository.Try cutOff = repository.start(id, "cut off").orElseThrow().mine();
        JobRepository.Try mine = repository.start(id, "took over").orElseThrow().mine();

        assertTrue(repository.progress(cutOff, 7, 10, "still here"), "it is told to stop");
        assertTrue(repository.stopRequested(cutOff));
        repository.failedTry(cutOff, "broken pipe");
        repository.handBack(cutOff);
        repository.end(cutOff, JobState.FAILED, "broken pipe");

        Job job = repository.find(id).orElseThrow();
        assertEquals(JobState.RUNNING, job.state());
        assertEquals(0, job.done());
        repository.end(mine, JobState.DONE, null);
        assertEquals(JobState.DONE, state(id));
    }

    @Test
    void projects_take_turns_and_a_late_one_neither_waits_for_all_nor_goes_before_what_it_never_asked_for() {
        long mine = sample.project(sample.person("turns"), "a", "b");
        long other = sample.project(sample.person("turns"), "a", "b");
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        QuarkusTransaction.begin();
        try {
            List<Long> many = IntStream.range(0, 5).mapToObj(i -> repository.insert("test.none", mine, nothing, null, JobPriority.BULK, null).turn()).toList();
            long first = many.getFirst();
            assertEquals(List.of(first, first + 1, first + 2, first + 3, first + 4), many);
            assertEquals(first, repository.insert("test.none", other, nothing, null, JobPriority.BULK, null).turn(), "beside the first, not behind the fifth");

            sample.execute("update job set state = 'DONE' where kind = 'test.none' and turn < ?", first + 3);
            sample.execute("update job set state = 'RUNNING' where kind = 'test.none' and turn = ?", first + 3);
            assertEquals(first + 3, repository.insert("test.none", other, nothing, null, JobPriority.BULK, null).turn(), "where the others are, not where they began");
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void a_job_is_put_in_line_once_while_the_project_has_one_of_its_kind() {
        long project = sample.project(sample.person("turns"), "a", "b");
        ObjectNode endless = JsonNodeFactory.instance.objectNode().put("name", "once").put("failures", -1);
        for (int i = 0; i < 3; i++) {
            jobs.submitOnce(Counting.KIND, project, endless, null, JobPriority.NORMAL);
        }
        assertEquals(1, jobs.ofProject(project, 10).size());
        jobs.cancel(jobs.ofProject(project, 10).getFirst().id());
    }

    private JobState state(long id) {
        return jobs.find(id).orElseThrow().state();
    }

    private long submit(String name, int failures) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("name", name).put("failures", failures);
        return jobs.submit(Counting.KIND, null, payload, null, JobPriority.NORMAL);
    }

    /** Counts its tries per name; fails as often as told; with -1 runs until cancelled. */
    @ApplicationScoped
    static class Counting implements JobHandler {
        static final String KIND = "test.counting";
        private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();

        int tries(String name) {
            return tries.getOrDefault(name, new AtomicInteger()).get();
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public int maxAttempts() {
            return 2;
        }

        @Override
        public void run(JobContext job) {
            String name = job.payload().get("name").asText();
            int failures = job.payload().get("failures").asInt();
            int attempt = tries.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
            while (failures < 0 && !job.cancelled()) {
                Thread.onSpinWait();
            }
            if (attempt <= failures) {
                throw new IllegalStateException("planned failure " + attempt,
                        name.equals("away") ? new SQLException("planned: the server is stopped", "57P01") : null);
            }
            job.progress(5, 10, "half way");
            job.progress(10, 10, "half way and on");
        }
    }
}
