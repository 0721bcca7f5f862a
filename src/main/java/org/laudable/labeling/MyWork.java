package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.laudable.budget.BudgetService;
import org.laudable.budget.BudgetSummary;
import org.laudable.project.MemberService;
import org.laudable.project.Project;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;

/** What waits for the signed-in person, over all their projects. */
@ApplicationScoped
public class MyWork {
    private final ProjectService projects;
    private final MemberService members;
    private final LabelingService labeling;
    private final BudgetService budget;
    private final SendingBack sentBack;
    private final CurrentUser currentUser;
    private final ReviewsWaiting reviews;

    MyWork(ProjectService projects, MemberService members, LabelingService labeling, BudgetService budget,
            SendingBack sentBack, CurrentUser currentUser, ReviewsWaiting reviews) {
        this.projects = projects;
        this.members = members;
        this.labeling = labeling;
        this.budget = budget;
        this.sentBack = sentBack;
        this.currentUser = currentUser;
        this.reviews = reviews;
    }

    /**
     * @param manager whether they lead the project, and may see its cost
     * @param sentBack answers of theirs that a reviewer wants given again
     * @param reviews what waits for them as a reviewer, by queue; see {@link ReviewsWaiting}
     */
    public record Entry(Project project, Progress progress, boolean manager, BudgetSummary budget, long sentBack, Map<String, Long> reviews) {}

    /**
     * Their projects that are not archived, by name.
     *
     * @param since where their day began
     */
    public List<Entry> entries(Instant since) {
        return projects.mine().stream().filter(project -> project.state() != ProjectState.ARCHIVED)
                .map(project -> new Entry(project, labeling.progress(project.id(), since), manages(project.id()),
                        budget.summary(project.id()), sentBack.waiting(project.id(), currentUser.require().id()), reviews.of(project.id()))).toList();
    }

    private boolean manages(long projectId) {
        return members.mine(projectId).filter(mine -> mine.role() == Role.MANAGER).isPresent();
    }
}
