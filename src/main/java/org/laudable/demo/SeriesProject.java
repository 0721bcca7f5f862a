package org.laudable.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.laudable.anomaly.DetectionService;
import org.laudable.dataset.ImportState;
import org.laudable.project.BudgetSettings;
import org.laudable.project.LabelingSettings;
import org.laudable.project.MemberService;
import org.laudable.project.Project;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.RateKind;
import org.laudable.project.Role;
import org.laudable.project.SeriesClassNames;
import org.laudable.security.User;
import org.laudable.series.KnownLabels;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesImportService;
import org.laudable.series.SeriesService;
import org.laudable.series.SeriesSettings;

/**
 * The sample project of series: two of the Numenta benchmark and two of Microsoft's cloud monitoring (both MIT, with their
 * licences beside them). Their labels stay beside the series, for comparison. Each step looks at what is there, so a
 * start that was cut off goes on at the next one.
 */
@ApplicationScoped
class SeriesProject {
    private static final String NAME = "Cloud monitoring";
    private static final List<String> FILES = List.of("nab/ec2_request_latency_system_failure.csv", "nab/ambient_temperature_system_failure.csv",
            "nab/combined_windows.json", "ms-cloud/purchase-04.csv", "ms-cloud/app2-05.csv");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String NORMAL = """
            Purchases follow the hours of the day and the days of the week. Office temperature follows the season and the \
            hours of work. Latency is steady with short peaks. Lasting shifts, long silence and lonely spikes are not normal.""";

    private final ProjectService projects;
    private final MemberService members;
    private final SeriesImportService imports;
    private final SeriesService series;
    private final DetectionService detections;

    SeriesProject(ProjectService projects, MemberService members, SeriesImportService imports, SeriesService series, DetectionService detections) {
        this.projects = projects;
        this.members = members;
        this.imports = imports;
        this.series = series;
        this.detections = detections;
    }

    /** Call as the manager. */
    void bring(DemoTeam.People people) {
        Project project = projects.mine().stream().filter(mine -> mine.name().equals(NAME)).findFirst()
                .orElseGet(() -> projects.createSeries(NAME, "Four series of latency, temperature, purchases and crashes", SeriesClassNames.ENGLISH));
        if (project.state() != ProjectState.DRAFT) {
            return;
        }
        long id = project.id();
        members.add(id, people.annotators().stream().map(User::id).toList(), Role.ANNOTATOR);
        members.add(id, List.of(people.reviewer().id()), Role.REVIEWER);
        series.saveSettings(id, new SeriesSettings("laudable", "mixed", 5, "operations", NORMAL));
        Project saved = projects.find(id);
        LabelingSettings labeling = saved.labeling();
        projects.update(saved.withLabeling(labeling.withSizes(labeling.auditSize(), 5))
                .withBudget(new BudgetSettings("EUR", 50_000_000L, RateKind.PER_LABEL, 200_000L, 120)));
        carryIn(id);
        projects.activate(id);
        detections.start(id);
    }

    private void carryIn(long id) {
        SeriesImport files = imports.ofProject(id).stream().filter(one -> one.state() != ImportState.DRAFT).findFirst().orElseGet(() -> begin(id));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (imports.find(id, files.id()).state() != ImportState.DONE) {
            if (System.nanoTime() > end || imports.find(id, files.id()).stopped()) {
                throw new IllegalStateException("The sample series did not go in: " + imports.find(id, files.id()).error());
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }

    private SeriesImport begin(long id) {
        imports.draft(id).ifPresent(cutOff -> imports.discard(id, cutOff.id()));
        for (String name : FILES) {
            try (InputStream sample = getClass().getResourceAsStream("/samples/series/" + name)) {
                imports.upload(id, name.substring(name.lastIndexOf('/') + 1), sample);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        SeriesImport draft = imports.draft(id).orElseThrow();
        imports.configure(draft, draft.plan().orElseThrow(), draft.zone(), KnownLabels.GOLD);
        imports.begin(id, draft.id());
        return draft;
    }
}
