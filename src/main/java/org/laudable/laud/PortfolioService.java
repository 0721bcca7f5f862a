package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.engine.evaluation.Binomial;
import org.laudable.engine.text.RoundSummary;
import org.laudable.loop.Figure;
import org.laudable.loop.Run;
import org.laudable.loop.RunState;
import org.laudable.loop.Runs;
import org.laudable.project.MemberService;
import org.laudable.project.Membership;
import org.laudable.project.Project;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;

/** The signed-in person's projects side by side, as far as they manage them. */
@ApplicationScoped
public class PortfolioService {
    private final MemberService members;
    private final ProjectDirectory projects;
    private final Runs runs;
    private final RoundRepository rounds;
    private final BudgetService budgets;

    PortfolioService(MemberService members, ProjectDirectory projects, Runs runs, RoundRepository rounds, BudgetService budgets) {
        this.members = members;
        this.projects = projects;
        this.runs = runs;
        this.rounds = rounds;
        this.budgets = budgets;
    }

    /**
     * A project at a glance.
     *
     * @param state   of its run; empty if it never had one
     * @param ended   the stopping rule that ended the asking, if one did: budget, target, stable, gain, person, exhausted
     * @param quality the newest model's accuracy when it was trained; empty for series and before the first audit answers
     * @param curve   accuracy against money, round by round
     */
    public record Entry(Project project, Optional<RunState> state, Optional<String> ended, Optional<Figure> quality, List<Point> curve,
            BudgetSummary budget) {}

    public record Point(long costMicros, double accuracy) {}

    /** By name, without archived projects; for others than managers it is empty. */
    @Transactional
    public List<Entry> mine() {
        return members.mine().stream().filter(mine -> mine.role() == Role.MANAGER).map(Membership::projectId).map(projects::get)
                .filter(project -> project.state() != ProjectState.ARCHIVED).map(this::entry).toList();
    }

    private Entry entry(Project project) {
        Optional<Run> run = runs.current(project.id());
        List<RoundSummary> measured = run.stream().flatMap(found -> rounds.of(found.id()).stream())
                .filter(round -> round.state() == RoundRow.State.DONE && round.metrics() != null)
                .map(round -> round.metrics().summary(round.costMicros())).filter(round -> round.auditTotal() > 0).toList();
        Optional<Figure> quality = measured.isEmpty() ? Optional.empty() : Optional.of(Figure.of(share(measured.getLast()),
                Binomial.wilson(measured.getLast().auditCorrect(), measured.getLast().auditTotal(), 0.95)));
        return new Entry(project, run.map(Run::state), run.map(Run::stopRule), quality,
                measured.stream().map(round -> new Point(round.costMicros(), share(round))).toList(), budgets.summary(project.id()));
    }

    private static double share(RoundSummary round) {
        return (double) round.auditCorrect() / round.auditTotal();
    }
}
