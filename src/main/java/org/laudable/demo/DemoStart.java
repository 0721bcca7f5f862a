package org.laudable.demo;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;
import org.laudable.LaudableConfig;
import org.laudable.security.OnBehalf;

/** Brings the sample team at once, and its projects in the background while the first page already answers. */
@ApplicationScoped
class DemoStart {
    private static final Logger LOG = Logger.getLogger(DemoStart.class);

    private final LaudableConfig config;
    private final DemoTeam team;
    private final FoodsProject foods;
    private final SeriesProject series;

    DemoStart(LaudableConfig config, DemoTeam team, FoodsProject foods, SeriesProject series) {
        this.config = config;
        this.team = team;
        this.foods = foods;
        this.series = series;
    }

    void started(@Observes @Priority(Interceptor.Priority.APPLICATION + 800) StartupEvent event) {
        if (!config.demo()) {
            return;
        }
        DemoTeam.People people = team.bring();
        Thread.ofVirtual().name("demo-projects").start(() -> {
            bring(people, () -> foods.bring(people));
            bring(people, () -> series.bring(people));
        });
    }

    private static void bring(DemoTeam.People people, Runnable project) {
        try {
            OnBehalf.of(people.manager(), project);
        } catch (RuntimeException e) {
            LOG.error("A sample project could not be made whole; start again to go on with it", e);
        }
    }
}
