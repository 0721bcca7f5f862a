package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.laudable.dataset.ImportState;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.Interval;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseWish;
import org.laudable.labeling.TaskView;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.project.LabelClass;
import org.laudable.project.Meaning;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectService;
import org.laudable.project.SeriesClassNames;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.series.SeriesImport;
import org.laudable.series.SeriesImportService;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** A project with a planted series and a team that answers through the labelling service, as the deck does. */
@ApplicationScoped
public class DetectionBench {
    private final Sample sample;
    private final ProjectService projects;
    private final ProjectDirectory directory;
    private final SeriesImportService imports;
    private final SeriesStore store;
    private final DetectionService detection;
    private final LabelingService labeling;
    private final Runs runs;

    DetectionBench(Sample sample, ProjectService projects, ProjectDirectory directory, SeriesImportService imports, SeriesStore store,
            DetectionService detection, LabelingService labeling, Runs runs) {
        this.sample = sample;
        this.projects = projects;
        this.directory = directory;
        this.imports = imports;
        this.store = store;
        this.detection = detection;
        this.labeling = labeling;
        this.runs = runs;
    }

    public record Team(long project, User manager, User annotator, Map<Meaning, Long> classes) {}

    public Team team(int batchSize) {
        User manager = sample.person("mara");
        User annotator = sample.person("anna");
        long project = ActingAs.person(manager, () -> projects.createSeries("Pumps " + UUID.randomUUID(), "", SeriesClassNames.ENGLISH)).id();
        sample.member(project, annotator, "ANNOTATOR");
        Map<Meaning, Long> classes = directory.classes(project).stream().collect(Collectors.toMap(LabelClass::meaning, LabelClass::id));
        carryIn(manager, project, "pump", 1);
        sample.execute("update project set batch_size = ?, state = 'ACTIVE', seed = 7 where id = ?", batchSize, project);
        return new Team(project, manager, annotator, classes);
    }

    public void carryIn(User manager, long project, String name, long seed) {
        try {
            SeriesImport draft = ActingAs.person(manager, () -> {
                try {
                    return imports.upload(project, name + ".csv", new ByteArrayInputStream(PlantedSeries.csv(seed)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            ActingAs.person(manager, () -> imports.begin(project, draft.id()));
            Eventually.holds("the series are in", () -> ActingAs.person(manager, () -> imports.find(project, draft.id())).state() == ImportState.DONE);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e);
        }
    }

    public SeriesInfo series(Team team) {
        return store.ofProject(team.project()).getFirst();
    }

    public long start(Team team) {
        return ActingAs.person(team.manager(), () -> detection.start(team.project()));
    }

    public void untilRound(long run, int round) {
        Eventually.holds("round " + round + " asks", () -> {
            Run row = row(run);
            if (row.state() == RunState.FAILED) {
                throw new AssertionError("The run failed: " + row.error());
            }
            return row.roundNumber() == round && row.state() == RunState.LABELING || row.roundNumber() > round;
        });
    }

    Run row(long run) {
        return runs.find(run).orElseThrow();
    }

    /** Answers so many questions truthfully; returns how many there were. */
    public int answer(Team team, int count) {
        int answered = 0;
        while (answered < count) {
            List<TaskView> tasks = ActingAs.person(team.annotator(), () ->
                    labeling.lease(new LeaseWish(team.project(), UUID.randomUUID(), 1, 0, List.of())).tasks());
            if (tasks.isEmpty()) {
                break;
            }
            send(team, tasks.getFirst());
            answered++;
        }
        return answered;
    }

    private void send(Team team, TaskView task) {
        Optional<PlantedSeries.Planted> planted = PlantedSeries.PLANTED.stream()
                .filter(p -> p.from() < task.window().suggestedTo() && task.window().suggestedFrom() < p.to()).findFirst();
        Interval interval = planted.map(p -> new Interval(p.from(), p.to(), null)).orElse(null);
        ActingAs.person(team.annotator(), () -> labeling.answer(new Answer(UUID.randomUUID(), task.id(), AnswerKind.LABEL,
                team.classes().get(planted.isPresent() ? Meaning.ANOMALY : Meaning.NORMAL), null, 1_500, Instant.now(), null, interval)));
    }

    /** Answers one by one until the next round asks. */
    public void completeRound(Team team, long run) {
        int round = row(run).roundNumber();
        Eventually.holds("round " + round + " is complete", () -> {
            Run now = row(run);
            if (now.roundNumber() == round && now.state() == RunState.LABELING) {
                answer(team, 1);
            }
            if (now.state() == RunState.FAILED) {
                throw new AssertionError("The run failed: " + now.error());
            }
            return now.roundNumber() > round;
        });
    }
}
