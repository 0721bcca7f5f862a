package org.laudable.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** What processes tell one another; the other process is played by statements of its own. */
@QuarkusTest
class BroadcastTest {
    @Inject Broadcast broadcast;
    @Inject ProjectEvents events;
    @Inject Sample sample;

    @Test
    void a_page_hears_what_happened_in_another_process() {
        List<ProjectEvents.Kind> heard = new CopyOnWriteArrayList<>();
        Runnable stop = events.subscribe(77, heard::add);

        Eventually.holds("the news of project 77 came", () -> {
            said("another", "project", "77 RUN");
            return heard.contains(ProjectEvents.Kind.RUN);
        });
        stop.run();
    }

    @Test
    void what_this_process_said_itself_is_heard_once() {
        List<ProjectEvents.Kind> heard = new CopyOnWriteArrayList<>();
        Runnable stop = events.subscribe(78, heard::add);

        events.publish(78, ProjectEvents.Kind.IMPORT);
        Eventually.holds("a later message came round", () -> {
            said("another", "project", "78 RUN");
            return heard.contains(ProjectEvents.Kind.RUN);
        });
        assertEquals(1, heard.stream().filter(ProjectEvents.Kind.IMPORT::equals).count());
        stop.run();
    }

    @Test
    void whoever_was_cut_off_is_told_that_news_may_be_missing() {
        List<String> missed = new CopyOnWriteArrayList<>();
        broadcast.hear("test", text -> {}, () -> missed.add("missed"));
        Eventually.holds("it listens", () -> listening() > 0);

        sample.number("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'laudable listens' and datname = current_database()");

        Eventually.holds("it was told", () -> !missed.isEmpty());
        assertTrue(listening() > 0);
    }

    @Test
    void what_nobody_understands_stops_nothing() {
        List<ProjectEvents.Kind> heard = new CopyOnWriteArrayList<>();
        Runnable stop = events.subscribe(79, heard::add);
        sample.number("select count(pg_notify('laudable', said)) from unnest(array['{', 'null', '{\"topic\":\"project\",\"text\":\"x\"}']) said");
        Eventually.holds("the next message came", () -> {
            said("another", "project", "79 RUN");
            return !heard.isEmpty();
        });
        stop.run();
    }

    private long listening() {
        return sample.number("select count(*) from pg_stat_activity where application_name = 'laudable listens' and datname = current_database()");
    }

    private void said(String from, String topic, String text) {
        sample.number("select count(pg_notify('laudable', ?))", "{\"from\":\"%s\",\"topic\":\"%s\",\"text\":\"%s\"}".formatted(from, topic, text));
    }
}
