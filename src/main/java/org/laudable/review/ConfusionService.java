package org.laudable.review;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.laudable.Refused;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.review.ConfusionRepository.Cell;

/** What any two confuse: two people, a person and a model, two models. For reviewers and managers. */
@ApplicationScoped
public class ConfusionService {
    /** A matrix of more classes cannot be read. */
    static final int MOST_CLASSES = 15;

    private final ProjectAccess access;
    private final ProjectService projects;
    private final ConfusionRepository answers;

    ConfusionService(ProjectAccess access, ProjectService projects, ConfusionRepository answers) {
        this.access = access;
        this.projects = projects;
        this.answers = answers;
    }

    /** Everybody who can be chosen. */
    public List<Rater> raters(long projectId) {
        access.require(projectId, Role.REVIEWER);
        return answers.raters(projectId);
    }

    /**
     * Over all items both have said a class of; with many classes, those most often confused.
     *
     * @throws Refused if it is twice the same, or one of them said nothing here
     */
    public Confusion between(long projectId, Rater first, Rater second) {
        access.require(projectId, Role.REVIEWER);
        if (first.equals(second)) {
            throw new Refused("Choose two different ones to compare.");
        }
        if (!answers.raters(projectId).containsAll(List.of(first, second))) {
            throw new Refused("One of them said nothing in this project. Reload the page to see who can be compared.");
        }
        List<Cell> cells = answers.cells(projectId, first, second);
        List<Long> classes = shown(projects.classes(projectId), cells);
        int[][] times = new int[classes.size()][classes.size()];
        int inside = 0;
        for (Cell cell : cells) {
            int row = classes.indexOf(cell.first());
            int column = classes.indexOf(cell.second());
            if (row >= 0 && column >= 0) {
                times[row][column] = cell.times();
                inside += cell.times();
            }
        }
        return new Confusion(classes, times, inside, cells.stream().mapToInt(Cell::times).sum(),
                cells.stream().filter(cell -> Objects.equals(cell.first(), cell.second())).mapToInt(Cell::times).sum());
    }

    /** Classes that were said; of too many those with the most confusion, then those said most. */
    private static List<Long> shown(List<LabelClass> offered, List<Cell> cells) {
        Map<Long, Integer> confused = new HashMap<>();
        Map<Long, Integer> said = new HashMap<>();
        for (Cell cell : cells) {
            said.merge(cell.first(), cell.times(), Integer::sum);
            said.merge(cell.second(), cell.times(), Integer::sum);
            if (!Objects.equals(cell.first(), cell.second())) {
                confused.merge(cell.first(), cell.times(), Integer::sum);
                confused.merge(cell.second(), cell.times(), Integer::sum);
            }
        }
        List<Long> order = new ArrayList<>(offered.stream().map(LabelClass::id).toList());
        order.add(null);
        order.removeIf(one -> !said.containsKey(one));
        List<Long> kept = order.stream().sorted(Comparator.comparingInt((Long one) -> confused.getOrDefault(one, 0)).reversed()
                .thenComparing(Comparator.comparingInt((Long one) -> said.get(one)).reversed())).limit(MOST_CLASSES).toList();
        order.removeIf(one -> !kept.contains(one));
        return order;
    }
}
