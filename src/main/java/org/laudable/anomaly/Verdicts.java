package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.database.Sql;
import org.laudable.labeling.WindowVerdict;
import org.laudable.labeling.WindowVerdicts;

/** People's verdicts on a project's windows, by series. */
@ApplicationScoped
class Verdicts {
    private final WindowVerdicts verdicts;
    private final Sql sql;

    Verdicts(WindowVerdicts verdicts, Sql sql) {
        this.verdicts = verdicts;
        this.sql = sql;
    }

    /** Oldest first. */
    @Transactional
    Map<Long, List<WindowVerdict>> bySeries(long projectId) {
        return verdicts.of(projectId).stream().collect(Collectors.groupingBy(WindowVerdict::seriesId));
    }

    /** How many windows people have answered, those included that nobody could tell. */
    @Transactional
    int count(long projectId) {
        return (int) sql.number("""
                select count(*) from resolution r join item i on i.id = r.item_id and i.series_id is not null
                where r.project_id = ? and r.superseded_at is null and r.origin in ('PERSON', 'REVIEWER')""", projectId);
    }
}
