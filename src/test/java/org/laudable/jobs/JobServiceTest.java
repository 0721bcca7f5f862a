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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

@QuarkusTest
class JobServiceTest {
    @Inject JobService jobs;
    @Inject Sample sample;
    @Inject Counting counting;

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
                throw new IllegalStateException("planned failure " + attempt);
            }
            job.progress(5, 10, "half way");
            job.progress(10, 10, "half way and on");
        }
    }
}
