package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.engine.series.JudgeTrust;
import org.laudable.engine.series.Standout;
import org.laudable.live.ProjectEvents;
import org.laudable.llm.Estimate;
import org.laudable.llm.Estimates;
import org.laudable.llm.Judgement;
import org.laudable.llm.RunCaps;
import org.laudable.llm.UsableModels;
import org.laudable.llm.WindowJudge;
import org.laudable.llm.WindowToJudge;
import org.laudable.loop.Run;
import org.laudable.loop.RunWatch;
import org.laudable.loop.Runs;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.Role;
import org.laudable.security.AuditLog;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** The language model that judges a project's windows, for people: a manager chooses it and says how far it may go. */
@ApplicationScoped
public class JudgeService {
    private static final int SAMPLED_SERIES = 4;

    private final JudgementRepository judgements;
    private final JudgeJob job;
    private final WindowJudge judge;
    private final UsableModels models;
    private final RunCaps caps;
    private final Runs runs;
    private final RunWatch watch;
    private final SeriesStore store;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final ProjectEvents events;
    private final AuditLog log;

    JudgeService(JudgementRepository judgements, JudgeJob job, WindowJudge judge, UsableModels models, RunCaps caps, Runs runs, RunWatch watch, SeriesStore store,
            ProjectAccess access, ProjectDirectory projects, ProjectEvents events, AuditLog log) {
        this.judgements = judgements;
        this.job = job;
        this.judge = judge;
        this.models = models;
        this.caps = caps;
        this.runs = runs;
        this.watch = watch;
        this.store = store;
        this.access = access;
        this.projects = projects;
        this.events = events;
        this.log = log;
    }

    /** For reviewers and managers. */
    @Transactional
    public JudgeView view(long projectId) {
        access.require(projectId, Role.REVIEWER);
        JudgeSettings settings = judgements.settings(projectId).orElse(JudgeSettings.NOBODY);
        Optional<RunCaps.Spending> spending = runs.current(projectId).map(run -> caps.of(run.id()));
        String currency = projects.get(projectId).budget().currency();
        if (settings.modelId() == null) {
            return new JudgeView(settings, Optional.empty(), false, 0, 0, 0, JudgeTrust.UNKNOWN, List.of(), Optional.empty(), spending, currency);
        }
        JudgementRepository.Counts counts = judgements.counts(projectId, settings.modelId());
        return new JudgeView(settings, models.find(settings.modelId()).map(UsableModels.UsableModel::title), models.usable(settings.modelId()), counts.wanted(),
                counts.judged(), counts.shared(), judgements.trust(projectId), judgements.absent(projectId, settings.modelId()), judgements.blocked(projectId), spending, currency);
    }

    /** Chooses the model, or none; takes effect at once, also in a run that goes on. For managers. */
    @Transactional
    public void save(long projectId, JudgeSettings settings) {
        access.require(projectId, Role.MANAGER);
        if (settings.modelId() != null && !models.usable(settings.modelId())) {
            throw new Refused("This model cannot be called now. Choose another one, or ask an administrator.");
        }
        if (settings.windows() < 1 || settings.windows() > JudgeSettings.MOST_WINDOWS) {
            throw new Refused("Between 1 and " + JudgeSettings.MOST_WINDOWS + " windows of a series can be judged.");
        }
        if (settings.runCapMicros() != null && settings.runCapMicros() < 0) {
            throw new Refused("A cap cannot be below 0.");
        }
        JudgeSettings before = judgements.settings(projectId).orElse(JudgeSettings.NOBODY);
        judgements.save(projectId, settings);
        runs.current(projectId).ifPresent(run -> caps.set(run.id(), settings.runCapMicros()));
        log.changed("judge.chosen", "project:" + projectId, projectId, before, settings);
        watch.wake(projectId);
        events.publish(projectId, ProjectEvents.Kind.RUN);
    }

    /** Asks again about windows that have no answer, and goes on where something had to be mended first. For managers. */
    @Transactional
    public void retry(long projectId) {
        access.require(projectId, Role.MANAGER);
        judgements.retryAll(projectId);
        watch.wake(projectId);
    }

    /** What asking about one anomaly will take; asks nobody. For managers. */
    public Estimate explanation(long projectId, Anomaly anomaly) {
        JudgeSettings settings = chosen(projectId);
        SeriesInfo info = series(projectId, anomaly);
        Standout at = window(anomaly);
        WindowToJudge shown = new UsualLevels(info, store.load(info.id())).window(at.begin(), at.point() + 1, List.of(), List.of());
        return judge.estimate(new WindowJudge.Task(settings.modelId(), projectId, run(projectId), store.settings(projectId).normal()), List.of(shown), 1);
    }

    /**
     * Has the project's language model judge one anomaly and say why, also one that nobody would have asked about. For
     * managers. May block while it waits.
     *
     * @throws Refused with why there is no answer
     */
    public void explain(long projectId, Anomaly anomaly) {
        JudgeSettings settings = chosen(projectId);
        Run run = runs.current(projectId).orElseThrow(() -> new Refused("The project has no run yet."));
        SeriesInfo info = series(projectId, anomaly);
        JudgedWindow claimed = job.claim(run, settings, info, window(anomaly));
        if (run.state().active()) {
            judgements.unblock(projectId);
            watch.wake(projectId);
        } else if (job.askNow(run, settings, info, claimed) instanceof Judgement.Missing missing) {
            throw new Refused(missing.sentence());
        }
    }

    private JudgeSettings chosen(long projectId) {
        access.require(projectId, Role.MANAGER);
        return judgements.settings(projectId).filter(s -> s.modelId() != null && models.usable(s.modelId()))
                .orElseThrow(() -> new Refused("Choose a language model on the Run page first."));
    }

    private SeriesInfo series(long projectId, Anomaly anomaly) {
        return store.find(anomaly.seriesId()).filter(info -> info.projectId() == projectId)
                .orElseThrow(() -> new Refused("This series is not there any more."));
    }

    private static Standout window(Anomaly anomaly) {
        int reach = Standout.WINDOW / 2;
        return new Standout(anomaly.peak(), Math.max(anomaly.from(), anomaly.peak() - reach), Math.min(anomaly.to(), anomaly.peak() + reach + 1));
    }

    private OptionalLong run(long projectId) {
        return runs.current(projectId).filter(r -> !r.state().ended()).map(Run::id).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** What judging the windows of all series will take at most; empty while there are no series. For managers. */
    public Optional<Estimate> forecast(long projectId, long modelId, int windows) {
        access.require(projectId, Role.MANAGER);
        List<SeriesInfo> all = store.ofProject(projectId).stream().filter(info -> info.points() >= 2 * Standout.WINDOW).toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<SeriesInfo> some = all.subList(0, Math.min(SAMPLED_SERIES, all.size()));
        List<WindowToJudge> sample = new ArrayList<>();
        for (SeriesInfo info : some) {
            UsualLevels levels = new UsualLevels(info, store.load(info.id()));
            int count = Estimates.SAMPLE / some.size();
            for (int i = 0; i < count; i++) {
                int from = (int) ((long) i * (info.points() - Standout.WINDOW) / count);
                sample.add(levels.window(from, from + Standout.WINDOW, List.of(), List.of()));
            }
        }
        return Optional.of(judge.estimate(new WindowJudge.Task(modelId, projectId, run(projectId), store.settings(projectId).normal()), sample, windows * all.size()));
    }
}
