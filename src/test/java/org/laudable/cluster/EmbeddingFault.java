package org.laudable.cluster;

import java.util.List;
import org.laudable.testing.Eventually;

/** A worker is killed while the texts of a run get their vectors; the others go on with its part. */
final class EmbeddingFault implements Fault {
    private static final int TEXTS = 4_000;

    private final Cluster cluster = Cluster.start();
    private final Member web = cluster.web("web-1");
    private final List<Member> workers = List.of(cluster.worker("worker-1"), cluster.worker("worker-2"));
    private final Program program;
    private int round;

    EmbeddingFault() {
        web.awaitReady();
        workers.forEach(Member::awaitReady);
        program = Program.of(cluster.database(), List.of(web));
    }

    @Override
    public String name() {
        return "worker killed (-9) amid the vectors of all texts";
    }

    @Override
    public Outcome once() {
        ClusterDatabase database = cluster.database();
        FoodRun run = FoodRun.start(database, program, "Foods " + ++round, TEXTS, 25);
        String vectors = "select count(*) from embedding e join item i on i.fingerprint = e.fingerprint where i.project_id = " + run.project();
        Eventually.holds("vectors are there", () -> database.number(vectors) > 0);
        Member[] victim = new Member[1];
        Eventually.holds("somebody makes them", () -> {
            String owner = run.worker();
            victim[0] = workers.stream().filter(one -> owner != null && owner.contains(Long.toString(one.pid()))).findFirst().orElse(null);
            return victim[0] != null;
        });
        victim[0].kill();
        long since = System.nanoTime();
        long before = database.number(vectors);
        Eventually.holds("vectors go on", () -> database.number(vectors) > before);
        double seconds = (System.nanoTime() - since) / 1e9;
        victim[0].start().awaitReady();
        Eventually.holds("every text has its vector", () -> database.number(vectors) >= run.texts());
        long distinct = database.number(vectors.replace("count(*)", "count(distinct e.fingerprint)"));
        return new Outcome(run.texts(), run.texts() - distinct, database.number(vectors) - distinct, seconds);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
