package org.laudable.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.laudable.load.Annotator;
import org.laudable.testing.Eventually;

/** Fifty people label through two web processes, and one of these, or the database, is killed; or one's clock is an hour off. */
final class LabelingFault implements Fault {
    private static final int PEOPLE = 50;
    private static final Duration TIME = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofSeconds(8);

    enum Kind {
        WEB("web process killed (-9) with " + PEOPLE + " people labelling"),
        DATABASE("PostgreSQL killed (-9) with " + PEOPLE + " people labelling"),
        CLOCK("one web process and one worker with a clock an hour ahead, then behind, " + PEOPLE + " people labelling");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Kind kind;
    private final Cluster cluster = Cluster.start();
    private final List<Member> webs = new ArrayList<>();
    private int round;

    LabelingFault(Kind kind) {
        this.kind = kind;
        webs.add(cluster.web("web-1").awaitReady());
        if (kind != Kind.CLOCK) {
            webs.add(cluster.web("web-2").awaitReady());
            cluster.worker("worker-1").awaitReady();
        }
    }

    @Override
    public String name() {
        return kind.text;
    }

    @Override
    public Outcome once() throws Exception {
        round++;
        return kind == Kind.CLOCK ? withWrongClocks() : label(webs, this::strike);
    }

    private Outcome withWrongClocks() throws Exception {
        String offset = round % 2 == 1 ? "+3600s" : "-3600s";
        Map<String, String> wrong = Map.of("LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "FAKETIME", offset,
                "FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0"); // without the last, a waiting JVM spins
        try (Member web = cluster.add(cluster.member("web-off-" + round, "web", wrong)); Member worker = cluster.add(cluster.member("worker-off-" + round, "worker", wrong))) {
            web.awaitReady();
            worker.awaitReady();
            Outcome outcome = label(List.of(webs.getFirst(), web), labelers -> {
                LockSupport.parkNanos(QUIET.toNanos());
                return 0;
            });
            long wrongLeases = cluster.database().number("select count(*) from lease where until - created_at > interval '20 minutes' or until < created_at");
            return new Outcome(outcome.work(), outcome.lost(), outcome.doubled() + wrongLeases, 0);
        }
    }

    private interface Blow {
        /** @return seconds until an answer was kept again */
        double on(Labelers labelers) throws Exception;
    }

    private Outcome label(List<Member> through, Blow blow) throws Exception {
        try (Labelers labelers = new Labelers(cluster, through, PEOPLE, TIME)) {
            Eventually.holds("answers come", () -> labelers.answers() > PEOPLE);
            LockSupport.parkNanos(QUIET.toNanos());
            double seconds = blow.on(labelers);
            List<Annotator.Saved> saved = labelers.saved();
            labelers.countsAreRight(saved);
            return new Outcome(saved.stream().mapToInt(one -> one.answers().size()).sum(), labelers.lost(saved), labelers.doubled(),
                    kind == Kind.WEB ? labelers.longestPause() : seconds);
        }
    }

    private double strike(Labelers labelers) {
        if (kind == Kind.WEB) {
            Member victim = webs.get(round % webs.size());
            victim.kill();
            LockSupport.parkNanos(QUIET.toNanos());
            victim.start().awaitReady();
            return 0;
        }
        cluster.database().kill();
        long since = System.nanoTime();
        cluster.database().startAgain();
        long answers = labelers.answers();
        Eventually.holds("answers come again", () -> labelers.answers() > answers);
        return (System.nanoTime() - since) / 1e9;
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
