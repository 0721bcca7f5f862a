package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.laudable.database.Sql;
import org.laudable.labeling.ResolvedItem;

/**
 * The texts of a chunk, a page at a time. 'offset 0': looked up text by text; a sweep fills a table of which the planner still
 * believes that it is small, and would read it whole for each page.
 */
@ApplicationScoped
class SweepTexts {
    /** Nobody but a task model has said anything of the item, and nobody has flagged it. */
    private static final String FREE = """
            i.split = 'POOL' and not exists (select 1 from resolution r where r.item_id = i.id and r.superseded_at is null
              and r.origin not in ('MODEL', 'PROPAGATED') offset 0)
            """;

    private final Sql sql;
    private final CertifyRepository certify;

    SweepTexts(Sql sql, CertifyRepository certify) {
        this.sql = sql;
        this.certify = certify;
    }

    /** @param text null if nothing is to be done */
    record Text(int shuffle, long id, String text, byte[] fingerprint) {
        boolean wanted() {
            return text != null;
        }
    }

    /** In random order; wanted are those without a vector. */
    @Transactional
    List<Text> withoutVector(Sweep sweep, SweepChunk chunk, String model, int limit) {
        return sql.list("""
                select i.shuffle, i.id, case when not exists (select 1 from embedding e where e.model = ? and e.fingerprint = i.fingerprint offset 0)
                  then i.body end, i.fingerprint
                from item i where i.project_id = ? and (i.shuffle, i.id) > (?, ?) and (i.shuffle, i.id) <= (?, ?)
                order by i.shuffle, i.id limit ?""", SweepTexts::read, model, sweep.projectId(), chunk.atShuffle(), chunk.atId(),
                chunk.toShuffle(), chunk.toId(), limit);
    }

    /** By id; wanted are those of which the model has said nothing. */
    @Transactional
    List<Text> withoutPrediction(Sweep sweep, SweepChunk chunk, int limit) {
        String which = sweep.kind() == Sweep.Kind.REST ? FREE : "i.split = 'POOL'";
        return sql.list("""
                select 0, i.id, case when %s and not exists (select 1 from prediction p where p.item_id = i.id and p.run_id = ? and p.model_version = ? offset 0)
                  then i.body end, i.fingerprint
                from item i where i.project_id = ? and i.id > ? and i.id <= ? order by i.id limit ?""".formatted(which), SweepTexts::read,
                sweep.runId(), sweep.modelVersion(), sweep.projectId(), chunk.atId(), chunk.toId(), limit);
    }

    /** The id at which a page of so many texts ends. */
    @Transactional
    List<Long> ids(Sweep sweep, SweepChunk chunk, int limit) {
        return sql.list("select id from item where project_id = ? and id > ? and id <= ? order by id limit ?", row -> row.getLong(1),
                sweep.projectId(), chunk.atId(), chunk.toId(), limit);
    }

    /** Texts between two ids that the model would label and has not labelled yet. */
    List<ResolvedItem> toLabel(Sweep sweep, long after, long upTo) {
        return certify.toLabel(sweep.projectId(), sweep.runId(), sweep.modelVersion(), sweep.thresholds(), after, upTo);
    }

    private static Text read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Text(row.getInt(1), row.getLong(2), row.getString(3), row.getBytes(4));
    }
}
