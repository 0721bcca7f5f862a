package org.laudable.project;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The classes of projects in the database. */
@ApplicationScoped
class LabelClassRepository implements PanacheRepositoryBase<LabelClassEntity, Long> {

    /** Retired ones too, in their order. */
    List<LabelClass> ofProject(long projectId) {
        return list("projectId = ?1 order by ordinal, id", projectId).stream().map(LabelClassEntity::toRecord).toList();
    }
}
