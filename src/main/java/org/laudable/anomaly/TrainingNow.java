package org.laudable.anomaly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.laudable.ProcessName;
import org.laudable.database.Sql;

/** The board on which each process says what it is training and who waits there; what a dead one wrote fades. */
@ApplicationScoped
class TrainingNow {
    private static final Logger LOG = Logger.getLogger(TrainingNow.class);
    /** A training says something every second or so; a single long step takes some more. */
    private static final int FADES_SECONDS = 30;
    private static final String FRESH = " told_at > now() - interval '" + FADES_SECONDS + " s'";

    private final Sql sql;
    private final ObjectMapper json;
    private final ProcessName process;

    TrainingNow(Sql sql, ObjectMapper json, ProcessName process) {
        this.sql = sql;
        this.json = json;
        this.process = process;
    }

    void show(TrainingTurn.Live live) {
        write("""
                insert into training_now (process, project_id, shown) values (?, ?, ?::jsonb)
                on conflict (process) do update set told_at = now(), project_id = excluded.project_id, shown = excluded.shown""",
                process.toString(), live.projectId(), written(live));
    }

    void clear() {
        write("update training_now set project_id = null, shown = null where process = ?", process.toString());
    }

    void waiting(List<Long> projects) {
        write("""
                insert into training_now (process, waiting) values (?, ?)
                on conflict (process) do update set told_at = now(), waiting = excluded.waiting""", process.toString(), projects.toArray(Long[]::new));
    }

    Optional<TrainingTurn.Live> live(long projectId) {
        return sql.first("select shown from training_now where project_id = ? and" + FRESH + " order by told_at desc limit 1",
                row -> row.getString(1), projectId).map(this::read);
    }

    int before(long projectId) {
        return (int) sql.number("""
                select min(array_position(waiting, ?) - 1 + case when project_id is null or project_id = ? then 0 else 1 end)
                from training_now where array_position(waiting, ?) is not null and""" + FRESH, projectId, projectId, projectId);
    }

    /** Nothing but what people see hangs on it, so a training never fails by it. */
    private void write(String statement, Object... parameters) {
        try {
            sql.update(statement, parameters);
        } catch (Sql.Failure e) {
            LOG.debug("What is being trained was not shown", e);
        }
    }

    private String written(TrainingTurn.Live live) {
        try {
            return json.writeValueAsString(live);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A training's step cannot be written", e);
        }
    }

    private TrainingTurn.Live read(String shown) {
        try {
            return json.readValue(shown, TrainingTurn.Live.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A training's step cannot be read", e);
        }
    }
}
