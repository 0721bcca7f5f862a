package org.laudable.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** What becomes of jobs that are cut off again and again; started here by hand, so that nobody has to wait. */
@QuarkusTest
class JobExecutionTest {
    @Inject JobExecution execution;
    @Inject JobRepository jobs;
    @Inject Breaking breaking;
    @Inject Sample sample;

    @AfterEach
    void leave_none_in_line() {
        sample.execute("update job set state = 'CANCELLED' where kind = ? and state in ('WAITING', 'RUNNING')", Breaking.KIND);
    }

    @Test
    void a_job_that_loses_the_database_each_time_waits_longer_each_time_and_is_given_up_in_the_end() {
        long id = job("database");

        List<Duration> pauses = IntStream.range(0, JobExecution.MOST_CUT_OFF).mapToObj(start -> comesBack(id)).toList();

        assertEquals(List.of(5L, 10L, 20L, 40L, 80L, 160L, 320L, 320L), pauses.stream().map(Duration::toSeconds).limit(8).toList());
        assertTrue(pauses.stream().reduce(Duration.ZERO, Duration::plus).compareTo(Duration.ofHours(1)) > 0, "an outage of an hour harms nobody");
        assertEquals(JobState.WAITING, state(id));
        assertEquals(List.of(), breaking.told(id));

        execution.of(id);

        assertEquals(JobState.FAILED, state(id));
        assertEquals(JobExecution.CUT_OFF, jobs.find(id).orElseThrow().error());
        assertEquals(List.of(JobExecution.CUT_OFF), breaking.told(id));
        assertEquals(JobExecution.MOST_CUT_OFF, breaking.runs(id));
    }

    @Test
    void a_job_whose_process_dies_each_time_is_given_up_without_being_run_again() {
        long id = job("fine");
        IntStream.range(0, JobExecution.MOST_CUT_OFF).forEach(start -> jobs.start(id, "dies").orElseThrow());

        execution.of(id);

        assertEquals(JobState.FAILED, state(id));
        assertEquals(List.of(JobExecution.CUT_OFF), breaking.told(id));
        assertEquals(0, breaking.runs(id));
    }

    @Test
    void a_job_without_memory_is_cut_off_and_uses_up_no_try() {
        long id = job("memory");

        assertEquals(List.of(5L, 10L, 20L), IntStream.range(0, 3).mapToObj(start -> comesBack(id).toSeconds()).toList());
        assertEquals(0, jobs.start(id, "next").orElseThrow().mine().failures());
    }

    @Test
    void a_job_that_dies_often_and_ends_at_last_is_done() {
        long id = job("fine");
        IntStream.range(1, JobExecution.MOST_CUT_OFF).forEach(start -> jobs.start(id, "dies").orElseThrow());

        execution.of(id);

        assertEquals(JobState.DONE, state(id));
        assertEquals(List.of(), breaking.told(id));
    }

    @Test
    void only_starts_in_a_row_count_and_those_of_a_stopping_process_do_not() {
        long id = job("fine");
        jobs.start(id, "dies").orElseThrow();
        jobs.handBack(jobs.start(id, "stops").orElseThrow().mine());
        assertEquals(1, jobs.cutOffs(id));

        jobs.failedTry(jobs.start(id, "fails").orElseThrow().mine(), "planned");
        assertEquals(0, jobs.cutOffs(id));
    }

    @Test
    void a_job_that_was_given_up_and_is_retried_has_all_its_starts_again() {
        long id = job("fine");
        IntStream.range(0, JobExecution.MOST_CUT_OFF).forEach(start -> jobs.start(id, "dies").orElseThrow());
        execution.of(id);
        jobs.reopen(id);

        execution.of(id);

        assertEquals(JobState.DONE, state(id));
    }

    @Test
    void an_error_of_the_code_uses_up_a_try_like_any_failure_and_the_handler_is_told_once() {
        long id = job("error");

        assertEquals(4, comesBack(id).toSeconds());
        assertEquals(List.of(), breaking.told(id));
        execution.of(id);

        assertEquals(JobState.FAILED, state(id));
        assertEquals("planned: no such method", jobs.find(id).orElseThrow().error());
        assertEquals(List.of("planned: no such method"), breaking.told(id));
    }

    @Test
    void a_job_that_killed_several_processes_rests_before_the_next_one_takes_it() {
        long id = job("fine");
        sample.execute("update job set state = 'RUNNING', cut_off = 7 where id = ?", id);
        sample.execute("""
                insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, picked_by, last_heartbeat, version, priority)
                values ('job', ?, int8send(?), now() - interval '1 minute', true, 'a dead process', now() - interval '1 minute', 1, 50)""",
                Long.toString(id), id);
        try {
            Eventually.holds("it is given free, for minutes later", () -> sample.number("""
                    select count(*) from scheduled_tasks where task_name = 'job' and task_instance = ? and not picked
                      and execution_time between now() + interval '3 minutes' and now() + interval '260 seconds'""", Long.toString(id)) == 1);
            assertEquals(0, breaking.runs(id));
        } finally {
            sample.execute("delete from scheduled_tasks where task_name = 'job' and task_instance = ?", Long.toString(id));
        }
    }

    private Duration comesBack(long id) {
        return assertThrows(ComeBack.class, () -> execution.of(id)).after();
    }

    private JobState state(long id) {
        return jobs.find(id).orElseThrow().state();
    }

    /** In the table only: no scheduler starts it. */
    private long job(String what) {
        return jobs.insert(Breaking.KIND, null, JsonNodeFactory.instance.objectNode().put("what", what), null, JobPriority.INTERACTIVE, null).id();
    }

    /** Breaks in the way it is told to. */
    @ApplicationScoped
    static class Breaking implements JobHandler {
        static final String KIND = "test.breaking";
        private final Map<Long, Integer> runs = new ConcurrentHashMap<>();
        private final Map<Long, List<String>> told = new ConcurrentHashMap<>();

        int runs(long id) {
            return runs.getOrDefault(id, 0);
        }

        List<String> told(long id) {
            return told.getOrDefault(id, List.of());
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
        public void run(JobContext job) throws SQLException {
            runs.merge(job.id(), 1, Integer::sum);
            switch (job.payload().get("what").asText()) {
                case "database" -> throw new SQLException("planned: the server process died", "57P02");
                case "memory" -> throw new OutOfMemoryError("planned: no memory");
                case "error" -> throw new NoSuchMethodError("planned: no such method");
                default -> job.progress(1, 1, "");
            }
        }

        @Override
        public void givenUp(JobContext job, String why) {
            told.computeIfAbsent(job.id(), key -> new CopyOnWriteArrayList<>()).add(why);
        }
    }
}
