package org.laudable.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.laudable.load.Annotator;
import org.laudable.load.Count;
import org.laudable.load.Latencies;
import org.laudable.load.LoadDriver;
import org.laudable.load.LoadProject;

/** People who label through all web processes of a cluster while something happens to it, and the count of their answers. */
final class Labelers implements AutoCloseable {
    private final Cluster cluster;
    private final LoadDriver.Wish wish;
    private final LoadProject project;
    private final Latencies latencies = new Latencies();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Annotator.Saved>> working;

    /** They start at once. */
    Labelers(Cluster cluster, List<Member> webs, int people, Duration time) throws Exception {
        this.cluster = cluster;
        wish = new LoadDriver.Wish(people, 20_000, 2, time.toMillis() / 60e3, Duration.ofMillis(300), Duration.ZERO);
        try (Connection connection = cluster.database().connection()) {
            project = LoadProject.make(connection, wish);
        }
        List<Annotator> all = new ArrayList<>();
        for (LoadProject.Person person : project.people()) {
            all.add(new Annotator(webs.stream().map(Member::url).toList(), person, project, cluster.sessionKey(), latencies, wish.think()).signIn());
        }
        Instant end = Instant.now().plus(time);
        working = all.stream().map(one -> threads.submit(() -> one.labelUntil(end))).toList();
    }

    long answers() {
        return cluster.database().number("select count(*) from annotation where project_id = " + project.id());
    }

    /** Waits until they have gone home. @return what the people were told is saved */
    List<Annotator.Saved> saved() throws InterruptedException, ExecutionException {
        List<Annotator.Saved> saved = new ArrayList<>();
        for (Future<Annotator.Saved> one : working) {
            saved.add(one.get());
        }
        return saved;
    }

    /** Prints what the database has, and what the people were told; false if an answer is lost, twice or wrongly paid. */
    boolean countsAreRight(List<Annotator.Saved> saved) throws SQLException {
        latencies.print(Duration.ofMillis((long) (wish.minutes() * 60e3)));
        try (Connection connection = cluster.database().connection()) {
            return new Count(project, wish).print(connection, saved);
        }
    }

    /** Answers that people were told are saved and that are not there. */
    long lost(List<Annotator.Saved> saved) throws SQLException {
        UUID[] told = saved.stream().flatMap(one -> one.answers().stream()).toArray(UUID[]::new);
        try (Connection connection = cluster.database().connection()) {
            return told.length - LoadProject.number(connection, "select count(*) from annotation where client_id = any (?)", connection.createArrayOf("uuid", told));
        }
    }

    /** Questions a person answered twice, answers beyond those wanted, and answers not paid exactly once. */
    long doubled() {
        return cluster.database().number("select count(*) from (select 1 from annotation where project_id = %d group by item_id, account_id having count(*) > 1) twice".formatted(project.id()))
                + cluster.database().number("select count(*) from annotation where surplus and project_id = " + project.id())
                + cluster.database().number("""
                        select count(*) from annotation a where a.project_id = %d and (select count(*) from ledger_entry e
                          where e.reservation_id = a.reservation_id and e.kind = 'SETTLE') <> 1""".formatted(project.id()));
    }

    /** The longest time between two kept answers of one person, in seconds. */
    double longestPause() {
        return cluster.database().number("""
                select coalesce(max(extract(epoch from pause) * 10), 0)::bigint from (select created_at - lag(created_at)
                  over (partition by account_id order by created_at) as pause from annotation where project_id = %d) pauses""".formatted(project.id())) / 10.0;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
