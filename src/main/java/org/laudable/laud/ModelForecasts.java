package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.database.Sql;
import org.laudable.llm.ClassOption;
import org.laudable.llm.Classification;
import org.laudable.llm.Demonstration;
import org.laudable.llm.Estimate;
import org.laudable.llm.Estimates;
import org.laudable.llm.TextToClassify;
import org.laudable.project.Guideline;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.Role;

/** What a run's language model will cost, said before it starts. For managers. */
@ApplicationScoped
public class ModelForecasts {
    private final Estimates estimates;
    private final ProjectAccess access;
    private final ProjectDirectory projects;
    private final Sql sql;

    ModelForecasts(Estimates estimates, ProjectAccess access, ProjectDirectory projects, Sql sql) {
        this.estimates = estimates;
        this.access = access;
        this.projects = projects;
        this.sql = sql;
    }

    /**
     * @param start the zero-shot start; empty if it is embedded
     * @param round one round of answers; empty if people answer
     * @param all   every text of the project once: no run can need more
     */
    public record Forecast(Optional<Estimate> start, Optional<Estimate> round, Estimate all, Long runCapMicros) {}

    /** Empty if the project asks no language model, or has no texts yet. */
    @Transactional
    public Optional<Forecast> of(long projectId) {
        access.require(projectId, Role.MANAGER);
        Project project = projects.get(projectId);
        OracleSettings oracle = project.loop().oracle();
        int items = (int) sql.number("select count(*) from item where project_id = ? and split = 'POOL'", projectId);
        if (!oracle.asksModel() && !oracle.startsByModel() || oracle.modelId() == null || items == 0) {
            return Optional.empty();
        }
        List<TextToClassify> sample = sql.list("select id, body from item where project_id = ? and split = 'POOL' order by shuffle, id limit ?",
                row -> new TextToClassify(row.getLong(1), row.getString(2)), projectId, Estimates.SAMPLE);
        Classification task = new Classification(oracle.modelId(), OptionalLong.of(projectId), project.description(),
                Schema.of(projects.classes(projectId)).classes().stream().map(c -> new ClassOption(c.id(), c.name(), c.description())).toList(),
                projects.guideline(projectId).map(Guideline::markdown).orElse(""), oracle.batch(),
                oracle.promptVersionId() == null ? OptionalLong.empty() : OptionalLong.of(oracle.promptVersionId()), OptionalLong.empty(), "classify");
        Optional<Estimate> start = oracle.startsByModel() ? Optional.of(estimate(task, sample, Math.min(items, oracle.zeroShotItems()))) : Optional.empty();
        Optional<Estimate> round = oracle.asksModel() ? Optional.of(estimate(task, sample, Math.min(items, project.labeling().batchSize()))) : Optional.empty();
        return Optional.of(new Forecast(start, round, estimate(task, sample, oracle.asksModel() ? items : Math.min(items, oracle.zeroShotItems())),
                oracle.runCapMicros()));
    }

    private Estimate estimate(Classification task, List<TextToClassify> sample, int items) {
        return estimates.of(task, sample, Demonstration.Source.NONE, items);
    }
}
