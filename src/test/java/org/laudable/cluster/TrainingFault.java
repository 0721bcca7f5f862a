package org.laudable.cluster;

import java.util.List;
import org.laudable.testing.Eventually;

/** The worker that trains a round is killed; another one trains it. */
final class TrainingFault implements Fault {
    private static final int TEXTS = 4_000;
    private static final int BATCH = 25;
    private static final int TRIES = 4;

    private final Cluster cluster = Cluster.start();
    private final Member web = cluster.web("web-1");
    private final List<Member> workers = List.of(cluster.worker("worker-1"), cluster.worker("worker-2"));
    private final FoodRun run;
    private int answeredBefore;

    TrainingFault() {
        web.awaitReady();
        workers.forEach(Member::awaitReady);
        run = FoodRun.start(cluster.database(), Program.of(cluster.database(), List.of(web)), "Foods", TEXTS, BATCH);
    }

    @Override
    public String name() {
        return "worker killed (-9) amid a round's training";
    }

    @Override
    public Outcome once() {
        for (int n = 0; n < TRIES; n++) {
            long rounds = run.rounds();
            run.answerUntilTraining();
            Member victim = null;
            while (victim == null && run.rounds() == rounds) {
                String owner = run.worker();
                victim = workers.stream().filter(one -> owner != null && owner.contains(Long.toString(one.pid()))).findFirst().orElse(null);
            }
            if (victim == null) {
                continue; // the round was quicker than the blow
            }
            victim.kill();
            long since = System.nanoTime();
            boolean tooLate = run.rounds() > rounds;
            victim.start();
            Eventually.holds("the round is trained", () -> run.rounds() > rounds);
            double seconds = (System.nanoTime() - since) / 1e9;
            victim.awaitReady();
            if (!tooLate) {
                long work = run.answered() - answeredBefore;
                answeredBefore = run.answered();
                return new Outcome(work, run.lost(), run.doubled() + (run.rounds() - rounds - 1), seconds);
            }
        }
        throw new AssertionError("Every round was trained before its worker could be killed");
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
