package org.laudable.laud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.laudable.labeling.Answer;
import org.laudable.labeling.AnswerKind;
import org.laudable.labeling.LabelingService;
import org.laudable.labeling.LeaseWish;
import org.laudable.labeling.TaskView;
import org.laudable.loop.RunLock;
import org.laudable.loop.RunState;
import org.laudable.project.StoppingSettings;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** Projects of {@link SmallTexts} with a team that answers through the labelling service, as the deck does. */
@ApplicationScoped
class LoopBench {
    static final StoppingSettings NEVER = new StoppingSettings(true, null, false, null);

    private final Sample sample;
    private final RunService runs;
    private final RunRepository rows;
    private final PoolRepository pool;
    private final RoundRepository rounds;
    private final LabelingService labeling;
    private final RunLock lock;
    private final ObjectMapper json;

    LoopBench(Sample sample, RunService runs, RunRepository rows, PoolRepository pool, RoundRepository rounds, LabelingService labeling,
            RunLock lock, ObjectMapper json) {
        this.sample = sample;
        this.runs = runs;
        this.rows = rows;
        this.pool = pool;
        this.rounds = rounds;
        this.labeling = labeling;
        this.lock = lock;
        this.json = json;
    }

    /** A team with its project; {@code classOf} knows every text's class. */
    record Team(long project, User manager, User annotator, Map<String, Long> classOf) {}

    Team team(int auditSize, int batchSize, StoppingSettings stopping) {
        User manager = sample.person("mara");
        User annotator = sample.person("anna");
        long project = sample.project(manager, SmallTexts.CLASSES);
        sample.member(project, annotator, "ANNOTATOR");
        sample.execute("update project set audit_size = ?, batch_size = ?, stopping = ?::jsonb where id = ?", auditSize, batchSize,
                write(stopping), project);
        Map<String, String> texts = SmallTexts.all();
        sample.items(project, List.copyOf(texts.keySet()));
        List<Long> ids = sample.classIds(project);
        Map<String, Long> classOf = new HashMap<>();
        texts.forEach((text, name) -> classOf.put(text, ids.get(List.of(SmallTexts.CLASSES).indexOf(name))));
        return new Team(project, manager, annotator, classOf);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    long start(Team team) {
        return ActingAs.person(team.manager(), () -> runs.start(team.project()));
    }

    /** Starts and waits until training questions can be answered. */
    long startAndPrepare(Team team) {
        long run = start(team);
        untilRound(run, 1);
        return run;
    }

    void untilRound(long run, int round) {
        Eventually.holds("round " + round + " asks", () -> {
            RunRow row = row(run);
            if (row.state() == RunState.FAILED) {
                throw new AssertionError("The run failed: " + row.error());
            }
            return row.roundNumber() == round && row.state() == RunState.LABELING || row.roundNumber() > round;
        });
    }

    void untilState(long run, RunState state) {
        Eventually.holds("the run is " + state, () -> row(run).state() == state);
    }

    RunRow row(long run) {
        return rows.find(run).orElseThrow();
    }

    /** Answers up to so many questions, each with its true class; returns how many there were. */
    int answer(Team team, int count) {
        return answer(team, count, task -> team.classOf().get(task.text()));
    }

    /** Answers with the class the function gives; null is 'none of these'. */
    int answer(Team team, int count, Function<TaskView, Long> classOf) {
        int answered = 0;
        while (answered < count) {
            List<TaskView> tasks = lease(team, Math.min(3, count - answered));
            if (tasks.isEmpty()) {
                break;
            }
            for (TaskView task : tasks) {
                send(team, task, classOf.apply(task));
                answered++;
            }
        }
        return answered;
    }

    List<TaskView> lease(Team team, int count) {
        return new ArrayList<>(ActingAs.person(team.annotator(), () ->
                labeling.lease(new LeaseWish(team.project(), UUID.randomUUID(), count, 0, List.of())).tasks()));
    }

    void send(Team team, TaskView task, Long classId) {
        ActingAs.person(team.annotator(), () -> labeling.answer(new Answer(UUID.randomUUID(), task.id(),
                classId == null ? AnswerKind.NONE : AnswerKind.LABEL, classId, null, 900, Instant.now(), null)));
    }

    /** Answers one by one until the round now asking has what it wants. */
    void completeBatch(Team team, long run) {
        completeBatch(team, run, task -> team.classOf().get(task.text()));
    }

    void completeBatch(Team team, long run, Function<TaskView, Long> classOf) {
        int round = row(run).roundNumber();
        while (row(run).roundNumber() == round && missing(team, run, round) > 0) {
            if (answer(team, 1, classOf) == 0) {
                throw new AssertionError("Nothing to answer in round " + round);
            }
        }
    }

    private int missing(Team team, long run, int round) {
        return row(run).settings().batchSize() - pool.answers(team.project()) + rounds.find(run, round).orElseThrow().answersBefore();
    }

    /** Answers until the run has come to this round. */
    void answerToRound(Team team, long run, int round) {
        for (int now = row(run).roundNumber(); now < round; now++) {
            completeBatch(team, run);
            untilRound(run, now + 1);
        }
    }

    /** Keeps the run from being advanced, once nobody does: as if a training took long. */
    RunLock.Held holdWhenIdle(long run) {
        AtomicReference<RunLock.Held> held = new AtomicReference<>();
        Eventually.holds("nobody advances the run", () -> {
            try {
                lock.tryHold(run).ifPresent(held::set);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return held.get() != null;
        });
        return held.get();
    }
}
