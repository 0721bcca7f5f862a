package org.laudable.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.laudable.testing.Eventually;

/** The worker that brings a file in is killed, frozen for 40 seconds, or cut off from the database for 20; another one waits. */
final class ImportFault implements Fault {
    private static final int ROWS = 300_000;
    private static final long FROZEN_SECONDS = 40;
    private static final long CUT_SECONDS = 20;

    enum Kind {
        KILL("worker killed (-9) amid an import"),
        FREEZE("worker frozen for " + FROZEN_SECONDS + " s amid an import, then going on"),
        CUT("network between worker and database cut for " + CUT_SECONDS + " s amid an import");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private final Kind kind;
    private final NetworkSpace space;
    private final Cluster cluster;
    private final Member web;
    private final Member first;
    private final Member second;
    private final Program program;
    private int round;

    ImportFault(Kind kind) {
        this.kind = kind;
        space = kind == Kind.CUT ? NetworkSpace.open() : null;
        cluster = space == null ? Cluster.start() : Cluster.start("*", null);
        web = cluster.web("web-1");
        first = space == null ? cluster.worker("worker-1") : cluster.add(cluster.member("worker-1", "worker", space.inside(), space.before(),
                Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + space.outside() + ":" + cluster.database().port() + "/laudable")));
        second = cluster.worker("worker-2");
        List.of(web, first, second).forEach(Member::awaitReady);
        program = Program.of(cluster.database(), List.of(web));
    }

    @Override
    public String name() {
        return kind.text;
    }

    @Override
    public Outcome once() throws Exception {
        ClusterDatabase database = cluster.database();
        if (kind == Kind.CUT) {
            second.freeze(); // the one that will be cut off shall have the job
        }
        long project = program.post("/projects", Map.of("kind", "TEXT", "name", "Rows " + ++round, "classes",
                List.of(Map.of("name", "one"), Map.of("name", "other")))).path("id").asLong();
        String address = program.bringIn(project, IntStream.range(0, ROWS).mapToObj(i -> "{\"id\":\"row-" + i + "\",\"text\":\"text number " + i + "\"}")
                .collect(Collectors.joining("\n")));
        Eventually.holds("rows are in", () -> items(project) > 0);
        String job = " from job where kind = 'dataset.import' and project_id = " + project;
        String owner = database.text("select owner" + job);
        Member victim = owner.contains(Long.toString(first.pid())) ? first : second;
        long attempts = database.number("select attempts" + job);
        strike(victim);
        long since = System.nanoTime();
        long before = items(project);
        if (kind == Kind.CUT) {
            second.goOn();
        }
        Thread heal = Thread.ofVirtual().start(() -> heal(victim));
        Eventually.holds("the import goes on", () -> database.number("select attempts" + job) > attempts || items(project) > before);
        double seconds = (System.nanoTime() - since) / 1e9;
        heal.join();
        Eventually.holds("the import is done", () -> program.get(address).path("state").asText().equals("DONE"));
        Eventually.holds("its job is done", () -> "DONE".equals(database.text("select state" + job)));
        long stored = database.number("select count(*) from item_row where project_id = " + project);
        long distinct = database.number("select count(distinct external_id) from item_row where project_id = " + project);
        long twice = items(project) - database.number("select count(distinct body) from item where project_id = " + project);
        return new Outcome(ROWS, ROWS - distinct, stored - distinct + twice, seconds);
    }

    private long items(long project) {
        return cluster.database().number("select count(*) from item where project_id = " + project);
    }

    private void strike(Member victim) {
        switch (kind) {
            case KILL -> victim.kill();
            case FREEZE -> victim.freeze();
            case CUT -> space.cut();
        }
    }

    private void heal(Member victim) {
        switch (kind) {
            case KILL -> victim.start().awaitReady();
            case FREEZE -> {
                LockSupport.parkNanos(FROZEN_SECONDS * 1_000_000_000L);
                victim.goOn();
            }
            case CUT -> {
                LockSupport.parkNanos(CUT_SECONDS * 1_000_000_000L);
                space.mend();
            }
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        if (space != null) {
            space.close();
        }
    }
}
