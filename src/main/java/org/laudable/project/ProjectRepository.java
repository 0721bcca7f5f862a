package org.laudable.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Projects in the database, and the way between rows and {@link Project} records. */
@ApplicationScoped
class ProjectRepository implements PanacheRepositoryBase<ProjectEntity, Long> {
    private final ObjectMapper json;

    ProjectRepository(ObjectMapper json) {
        this.json = json;
    }

    /** Projects the account is a member of, by name; all of them for an administrator. */
    List<ProjectEntity> visibleTo(long accountId, boolean admin) {
        if (admin) {
            return list("order by lower(name), id");
        }
        return getEntityManager().createNativeQuery("""
                        select p.* from project p join project_member m on m.project_id = p.id
                        where m.account_id = ?1 order by lower(p.name), p.id""", ProjectEntity.class)
                .setParameter(1, accountId).getResultList();
    }

    void addMember(long projectId, long accountId, Role role) {
        getEntityManager().createNativeQuery("""
                        insert into project_member (project_id, account_id, role) values (?1, ?2, ?3)
                        on conflict (project_id, account_id) do nothing""")
                .setParameter(1, projectId).setParameter(2, accountId).setParameter(3, role.name()).executeUpdate();
    }

    /** How the project's series are searched: the defaults, or a copy of another project's. */
    void addSeriesSettings(long projectId, Long copiedFrom) {
        if (copiedFrom == null) {
            getEntityManager().createNativeQuery("insert into series_settings (project_id) values (?1) on conflict do nothing")
                    .setParameter(1, projectId).executeUpdate();
        } else {
            getEntityManager().createNativeQuery("""
                            insert into series_settings (project_id, preset, acquisition, miss_cost, template, normal)
                            select ?1, preset, acquisition, miss_cost, template, normal from series_settings where project_id = ?2
                            on conflict do nothing""")
                    .setParameter(1, projectId).setParameter(2, copiedFrom).executeUpdate();
        }
    }

    /** Deletes the project; the database deletes what hangs on it, in an order the foreign keys allow. */
    void deleteWithContent(long projectId) {
        for (String table : List.of("annotation", "resolution", "prediction")) {
            getEntityManager().createNativeQuery("delete from " + table + " where project_id = ?1")
                    .setParameter(1, projectId).executeUpdate();
        }
        getEntityManager().createNativeQuery("delete from project where id = ?1").setParameter(1, projectId).executeUpdate();
        getEntityManager().clear();
    }

    Project toRecord(ProjectEntity row) {
        return new Project(row.id, row.version, row.kind, row.name, row.description, row.state,
                new LabelingSettings(row.overlap, row.leaseMinutes, row.auditSize, row.batchSize,
                        new OverlapSettings(row.overlapPercent, row.mostAnnotators),
                        new GoldSettings(row.goldPercent, row.goldOnboarding, row.goldPassPercent), row.aggregation),
                new LoopSettings(row.startMode, row.strategy, stopping(row.stopping), oracle(row.oracle)),
                new BudgetSettings(row.currency, row.capMicros, row.rateKind, row.rateMicros, row.maxTaskSeconds),
                row.seed, row.createdAt);
    }

    /** Copies what a person may change. */
    void apply(Project project, ProjectEntity row) {
        row.name = project.name();
        row.description = project.description();
        row.overlap = project.labeling().overlap();
        row.overlapPercent = project.labeling().more().percent();
        row.mostAnnotators = project.labeling().more().mostAnnotators();
        row.goldPercent = project.labeling().gold().percent();
        row.goldOnboarding = project.labeling().gold().onboarding();
        row.goldPassPercent = project.labeling().gold().passPercent();
        row.aggregation = project.labeling().aggregation();
        row.leaseMinutes = project.labeling().leaseMinutes();
        row.auditSize = project.labeling().auditSize();
        row.batchSize = project.labeling().batchSize();
        row.startMode = project.loop().startMode();
        row.strategy = project.loop().strategy();
        row.stopping = write(project.loop().stopping());
        row.oracle = write(project.loop().oracle());
        row.currency = project.budget().currency();
        row.capMicros = project.budget().capMicros();
        row.rateKind = project.budget().rateKind();
        row.rateMicros = project.budget().rateMicros();
        row.maxTaskSeconds = project.budget().maxTaskSeconds();
    }

    private StoppingSettings stopping(String text) {
        try {
            StoppingSettings read = json.readValue(text, StoppingSettings.class);
            return text.equals("{}") ? StoppingSettings.DEFAULTS : read;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A project's stopping rules cannot be read", e);
        }
    }

    private OracleSettings oracle(String text) {
        try {
            return text == null || text.equals("{}") ? OracleSettings.DEFAULTS : json.readValue(text, OracleSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A project's oracle cannot be read", e);
        }
    }

    private String write(Object settings) {
        try {
            return json.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A project's settings cannot be written", e);
        }
    }
}
