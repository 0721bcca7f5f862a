package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.engine.series.Standout;
import org.laudable.engine.series.TrainingCancelled;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.labeling.WindowVerdict;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.Judgement;
import org.laudable.llm.UsableModels;
import org.laudable.llm.WindowJudge;
import org.laudable.llm.WindowToJudge;
import org.laudable.loop.Run;
import org.laudable.loop.Runs;
import org.laudable.project.Meaning;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Has a language model judge the windows that stand out (ENGINES §2.3), beside everything else: nobody waits for it.
 * What it is asked stands in a table before the call; a killed job asks the same again and finds what was paid for.
 */
@ApplicationScoped
class JudgeJob implements JobHandler {
    static final String KIND = "anomaly.judge";
    private static final int EXAMPLES = 4;
    private static final int WAVES = 2;

    private final Runs runs;
    private final SeriesStore store;
    private final ModelRepository models;
    private final JudgementRepository judgements;
    private final WindowJudge judge;
    private final UsableModels usable;
    private final SeriesWork work;
    private final Verdicts verdicts;
    private final ProjectEvents events;

    JudgeJob(Runs runs, SeriesStore store, ModelRepository models, JudgementRepository judgements, WindowJudge judge, UsableModels usable,
            SeriesWork work, Verdicts verdicts, ProjectEvents events) {
        this.runs = runs;
        this.store = store;
        this.models = models;
        this.judgements = judgements;
        this.judge = judge;
        this.usable = usable;
        this.work = work;
        this.verdicts = verdicts;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Cheap; asked every few seconds. */
    boolean due(Run run) {
        return wanted(run).filter(settings -> judgements.due(run, settings)).isPresent();
    }

    private Optional<JudgeSettings> wanted(Run run) {
        return judgements.settings(run.projectId()).filter(settings -> settings.modelId() != null && usable.usable(settings.modelId()));
    }

    @Override
    public void run(JobContext job) {
        Run run = runs.find(job.payload().path("run").asLong()).filter(r -> r.state().active()).orElse(null);
        Optional<JudgeSettings> settings = run == null ? Optional.empty() : wanted(run);
        if (settings.isEmpty()) {
            return;
        }
        choose(run, settings.get());
        judgements.askAgain(run.projectId(), settings.get().modelId());
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(run.projectId());
        boolean blocked = false;
        for (long series : judgements.seriesToAsk(run.projectId(), settings.get().modelId())) {
            blocked = blocked || !ask(run, settings.get(), series, job);
            heed(run, series, said, job);
            if (unwanted(run, job)) {
                return;
            }
        }
        for (long series : judgements.seriesToHeed(run.projectId(), settings.get().modelId())) {
            heed(run, series, said, job);
        }
    }

    @Override
    public void givenUp(JobContext job, String why) {
        if (job.projectId() != null) {
            judgements.block(job.projectId(), why);
        }
    }

    private boolean unwanted(Run run, JobContext job) {
        return job.cancelled() || runs.find(run.id()).map(r -> !r.state().active()).orElse(true);
    }

    /** Writes down which windows are asked about: what stands out, has no answer by people, and was not asked under these causes. */
    private void choose(Run run, JudgeSettings settings) {
        String basis = judgements.basis(run, settings);
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(run.projectId());
        for (long series : judgements.unchosen(run, basis)) {
            SeriesInfo info = store.find(series).orElseThrow();
            int version = models.find(series).map(FittedSeries::version).orElse(0);
            choose(run, settings, info, AnomalyReader.standing(said.getOrDefault(series, List.of())));
            judgements.chosen(series, basis, version);
        }
    }

    private void choose(Run run, JudgeSettings settings, SeriesInfo info, List<WindowVerdict> said) {
        ExplainedStretches explained = ExplainedStretches.of(info, store.times(info.id()), store.events(info.projectId(), info.id()), List.of());
        List<JudgedWindow> before = judgements.ofSeries(info.id(), settings.modelId());
        for (JudgedWindow window : before) {
            List<String> causes = causes(explained, window.at());
            if (!causes.equals(window.causes())) {
                judgements.claim(run, info.id(), settings.modelId(), window.at(), causes, window.examples());
            }
        }
        int left = settings.windows() - before.size();
        List<String> examples = null;
        for (Standout at : judgements.standouts(info.id())) {
            if (left <= 0) {
                break;
            }
            boolean asked = before.stream().anyMatch(w -> Math.abs(w.at().point() - at.point()) <= Standout.WINDOW / 2);
            boolean answered = said.stream().anyMatch(v -> v.from() < at.to() && at.from() < v.to());
            if (!asked && !answered) {
                examples = examples == null ? examples(info, said) : examples;
                judgements.claim(run, info.id(), settings.modelId(), at, causes(explained, at), examples);
                left--;
            }
        }
    }

    private static List<String> causes(ExplainedStretches explained, Standout at) {
        return explained.stretches().stream().filter(s -> s.from() < at.to() && at.from() < s.to()).map(ExplainedStretches.Stretch::reason)
                .distinct().sorted().toList();
    }

    /** The first answers of people to this series, of both kinds, in words. */
    private List<String> examples(SeriesInfo info, List<WindowVerdict> said) {
        if (said.isEmpty()) {
            return List.of();
        }
        UsualLevels levels = new UsualLevels(info, store.load(info.id()));
        Map<Boolean, Integer> kinds = new HashMap<>();
        List<String> examples = new ArrayList<>();
        for (WindowVerdict v : said) {
            boolean anomaly = v.meaning() == Meaning.ANOMALY;
            if (kinds.merge(anomaly, 1, Integer::sum) <= EXAMPLES / 2) {
                String why = v.comment() == null || v.comment().isBlank() ? "" : " (" + v.comment().strip() + ")";
                examples.add(levels.most(v.from(), v.to()) + ": " + v.meaning().name().toLowerCase(java.util.Locale.ROOT) + why);
            }
        }
        return examples;
    }

    /** Writes down that one window is asked about, whatever stands out, and says what it will be told. */
    JudgedWindow claim(Run run, JudgeSettings settings, SeriesInfo info, Standout at) {
        ExplainedStretches explained = ExplainedStretches.of(info, store.times(info.id()), store.events(info.projectId(), info.id()), List.of());
        List<WindowVerdict> said = AnomalyReader.standing(verdicts.bySeries(info.projectId()).getOrDefault(info.id(), List.of()));
        judgements.claim(run, info.id(), settings.modelId(), at, causes(explained, at), examples(info, said));
        return judgements.ofSeries(info.id(), settings.modelId()).stream().filter(w -> w.at().point() == at.point()).findFirst().orElseThrow();
    }

    /** Asks about one window now, and waits; for a run that is over, whose job asks nothing any more. */
    Judgement askNow(Run run, JudgeSettings settings, SeriesInfo info, JudgedWindow window) {
        UsualLevels levels = new UsualLevels(info, store.load(info.id()));
        Judgement said = judge.judge(task(run, settings), List.of(shown(levels, window))).getFirst();
        judgements.answered(window, said);
        events.publish(run.projectId(), ProjectEvents.Kind.RUN);
        return said;
    }

    private WindowJudge.Task task(Run run, JudgeSettings settings) {
        return new WindowJudge.Task(settings.modelId(), run.projectId(), OptionalLong.of(run.id()), store.settings(run.projectId()).normal());
    }

    private static WindowToJudge shown(UsualLevels levels, JudgedWindow window) {
        return levels.window(window.at().begin(), window.at().point() + 1, window.causes(), window.examples());
    }

    /** Asks wave after wave; false if nothing comes of asking on. */
    private boolean ask(Run run, JudgeSettings settings, long series, JobContext job) {
        SeriesInfo info = store.find(series).orElseThrow();
        UsualLevels levels = new UsualLevels(info, store.load(series));
        WindowJudge.Task task = task(run, settings);
        int wave = WAVES * usable.concurrency(settings.modelId());
        while (!unwanted(run, job)) {
            List<JudgedWindow> all = judgements.ofSeries(series, settings.modelId());
            List<JudgedWindow> some = all.stream().filter(w -> w.state().equals("ASKING")).limit(wave).toList();
            if (some.isEmpty()) {
                return true;
            }
            List<Judgement> said = judge.judge(task, some.stream().map(w -> shown(levels, w)).toList());
            boolean blocked = false;
            boolean answered = false;
            for (int i = 0; i < some.size(); i++) {
                judgements.answered(some.get(i), said.get(i));
                blocked |= said.get(i) instanceof Judgement.Missing missing && missing.absence().blocks();
                answered |= said.get(i) instanceof Judgement.Judged;
            }
            job.progress(all.stream().filter(JudgedWindow::said).count() + some.size(), all.size(), info.name());
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
            if (answered) {
                judgements.unblock(run.projectId()); // what parallel calls had reserved has come back: another may fit
            } else if (blocked) {
                return false;
            }
        }
        return true;
    }

    /** Puts what was said into the series' scores and flagged stretches. */
    private void heed(Run run, long series, Map<Long, List<WindowVerdict>> said, JobContext job) {
        Optional<FittedSeries> fitted = models.find(series).filter(m -> m.fitted() && m.runId() == run.id());
        if (fitted.isEmpty()) {
            return;
        }
        try {
            work.heed(run, fitted.get(), said.getOrDefault(series, List.of()), () -> unwanted(run, job));
            events.publish(run.projectId(), ProjectEvents.Kind.RUN);
        } catch (TrainingCancelled e) {
            // Paused or stopped: heeded when it goes on.
        }
    }
}
