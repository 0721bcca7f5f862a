package org.laudable.cluster;

import java.util.List;
import org.laudable.testing.Eventually;

/**
 * Texts that came in after a run get their labels from its model, in chunks over two workers; one is killed with a chunk in
 * hand, amid a page.
 */
final class BulkFault implements Fault {
    private static final int FIRST = 300;
    private static final int LATER = 8_000;
    private static final int BATCH = 10;
    private static final int TRIES = 5;

    private final Cluster cluster = Cluster.start();
    private final ClusterDatabase database = cluster.database();
    private final Member web = cluster.web("web-1");
    private final List<Member> workers = List.of(cluster.worker("worker-1"), cluster.worker("worker-2"));
    private final FoodRun run;
    private int round;

    BulkFault() {
        web.awaitReady();
        workers.forEach(Member::awaitReady);
        run = FoodRun.start(database, Program.of(database, List.of(web)), "Foods", FIRST, BATCH);
        run.answerUntilTraining();
        Eventually.holds("there is a model", () -> run.rounds() > 0);
        run.stop();
    }

    @Override
    public String name() {
        return "worker killed (-9) amid a pass in chunks that labels all texts";
    }

    @Override
    public Outcome once() {
        long after = database.number("select max(id) from item");
        String labels = "select count(*) from resolution where origin = 'MODEL' and project_id = " + run.project();
        long before = database.number(labels);
        run.bringMore("Later " + ++round, LATER);
        long sweep = run.labelTheRest();
        double seconds = killOne(sweep);
        Eventually.holds("all chunks are done", () -> database.number("select count(*) from sweep where state = 'DONE' and id = " + sweep) == 1);
        long texts = database.number("select count(*) from item where project_id = %d and id > %d".formatted(run.project(), after));
        String of = " from resolution where origin = 'MODEL' and project_id = %d and item_id > %d".formatted(run.project(), after);
        long labelled = database.number("select count(distinct item_id)" + of + " and superseded_at is null");
        long twice = database.number("select count(*) - count(distinct item_id)" + of)
                + database.number("select count(*) - count(distinct item_id) from prediction where item_id > " + after);
        long told = database.number("select sum(written) from sweep_chunk where sweep_id = " + sweep);
        long written = database.number(labels) - before;
        return new Outcome(texts, texts - labelled + Math.max(0, told - written), twice + Math.max(0, written - told), seconds);
    }

    /** @return seconds until somebody had its chunk in hand again */
    private double killOne(long sweep) {
        String running = " from sweep_chunk c join job j on j.id = c.job_id where c.state = 'RUNNING' and c.sweep_id = " + sweep;
        for (int n = 0; n < TRIES; n++) {
            Eventually.holds("both workers have a chunk", () -> database.number("select count(distinct j.owner)" + running) == 2);
            Member victim = workers.get((round + n) % workers.size());
            victim.kill();
            long since = System.nanoTime();
            long number = database.number("select c.number" + running + " and j.owner like '%" + victim.pid() + "%'");
            if (number > 0) {
                String claim = "select (1000 * extract(epoch from claimed_until))::bigint from sweep_chunk where sweep_id = " + sweep + " and number = " + number;
                long at = database.number(claim);
                Eventually.holds("its chunk is taken up", () -> database.number(claim) != at);
                double seconds = (System.nanoTime() - since) / 1e9;
                victim.start().awaitReady();
                return seconds;
            }
            victim.start().awaitReady(); // it was between two chunks
        }
        throw new AssertionError("No worker could be killed with a chunk in hand");
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
