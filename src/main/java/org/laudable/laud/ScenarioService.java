package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.laudable.budget.Tallies;
import org.laudable.engine.evaluation.LabelScenarios;
import org.laudable.engine.evaluation.LabelScenarios.Audited;
import org.laudable.engine.evaluation.LabelScenarios.Basis;
import org.laudable.engine.text.VerificationRule;
import org.laudable.llm.PromptVersions;
import org.laudable.llm.UsableModels;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.project.Role;

/** People, the project's language model, or both: what each way to label further would take. For managers. */
@ApplicationScoped
public class ScenarioService {
    private static final int KEPT = 50;

    private final RunRepository runs;
    private final RoundRepository rounds;
    private final FittedCurves curves;
    private final WaysRepository ways;
    private final UsableModels models;
    private final PromptVersions prompts;
    private final PoolRepository pool;
    private final Tallies tallies;
    private final ProjectDirectory projects;
    private final ProjectAccess access;
    private final Map<Long, Kept> kept = new ConcurrentHashMap<>();

    ScenarioService(RunRepository runs, RoundRepository rounds, FittedCurves curves, WaysRepository ways, UsableModels models, PromptVersions prompts,
            PoolRepository pool, Tallies tallies, ProjectDirectory projects, ProjectAccess access) {
        this.runs = runs;
        this.rounds = rounds;
        this.curves = curves;
        this.ways = ways;
        this.models = models;
        this.prompts = prompts;
        this.pool = pool;
        this.tallies = tallies;
        this.projects = projects;
        this.access = access;
    }

    private record Kept(Basis basis, List<LabelScenarios.Scenario> ways) {}

    /** Empty for series, and while the project has never had a run. */
    @Transactional
    public Optional<LabelWays> of(long projectId) {
        access.require(projectId, Role.MANAGER);
        Project project = projects.get(projectId);
        return project.kind() != ProjectKind.TEXT ? Optional.empty() : runs.current(projectId).map(run -> of(project, run));
    }

    private LabelWays of(Project project, RunRow run) {
        OracleSettings oracle = project.loop().oracle();
        Optional<UsableModels.UsableModel> model = Optional.ofNullable(oracle.modelId()).flatMap(models::find);
        Optional<Double> target = Optional.ofNullable(run.settings().stopping().targetAccuracy());
        if (model.isEmpty()) {
            return new LabelWays(Optional.empty(), 0, 0, target, false, 0, List.of());
        }
        long version = oracle.promptVersionId() == null ? prompts.newestBuiltIn() : oracle.promptVersionId();
        int round = rounds.of(run.id()).stream().filter(it -> it.state() == RoundRow.State.DONE).mapToInt(RoundRow::number).max().orElse(-1);
        Audited audited = sorted(ways.audited(project.id(), model.get().id(), version, run.id(), round),
                new VerificationRule(oracle.verifyBelow(), oracle.checkShare(), 1));
        WaysRepository.Checked people = ways.gold(project.id());
        FittedCurves.Fitted curve = curves.of(run);
        Basis basis = new Basis(curve.forecast(), target, modelShare(project.id()), run.settings().oracle().hybrid(),
                (int) projects.classes(project.id()).stream().filter(c -> !c.retired()).count(), left(project.id()), audited, people.answers(),
                people.wrong(), oracle.checkShare(), ways.people(project.id()), ways.model(project.id(), model.get().id(), models.concurrency(model.get().id())));
        return new LabelWays(model.map(UsableModels.UsableModel::title), audited.size(), audited.wrong(), target, curve.forecast().isPresent(),
                people.answers(), drawn(project.id(), basis));
    }

    /** Drawing takes a moment, so it is done once for what is known. */
    private List<LabelScenarios.Scenario> drawn(long projectId, Basis basis) {
        Kept there = kept.get(projectId);
        if (there != null && there.basis().equals(basis)) {
            return there.ways();
        }
        Kept fresh = new Kept(basis, LabelScenarios.of(basis));
        if (kept.size() >= KEPT) {
            kept.clear();
        }
        kept.put(projectId, fresh);
        return fresh.ways();
    }

    /** By what the hybrid way would do with each. */
    private static Audited sorted(List<WaysRepository.Answer> answers, VerificationRule rule) {
        int[] cells = new int[4];
        for (WaysRepository.Answer answer : answers) {
            boolean taken = rule.judge(answer.confidence(), answer.agrees()) == VerificationRule.Judgement.TAKEN;
            cells[(taken ? 0 : 2) + (answer.right() ? 0 : 1)]++;
        }
        return new Audited(cells[0], cells[1], cells[2], cells[3]);
    }

    /** Share of the labels that models learn from which a language model gave. */
    private double modelShare(long projectId) {
        long all = tallies.resolved(projectId);
        return all == 0 ? 0 : (double) tallies.byLanguageModel(projectId) / all;
    }

    /** Texts without a label of people or a language model. */
    private long left(long projectId) {
        return Math.max(0, pool.size(projectId) - tallies.resolved(projectId));
    }
}
