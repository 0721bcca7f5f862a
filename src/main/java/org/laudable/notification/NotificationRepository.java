package org.laudable.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.laudable.database.Sql;
import org.laudable.security.User;

/** The table {@code notification}. People see only those of projects they may enter now. */
@ApplicationScoped
class NotificationRepository {
    private static final String VISIBLE = """
            from notification n join project p on p.id = n.project_id where n.account_id = ? and (? or exists (
              select 1 from project_member m where m.project_id = n.project_id and m.account_id = n.account_id))""";

    private final Sql sql;
    private final ObjectMapper json;

    NotificationRepository(Sql sql, ObjectMapper json) {
        this.sql = sql;
        this.json = json;
    }

    List<Long> managers(long projectId) {
        return sql.list("""
                select m.account_id from project_member m join account a on a.id = m.account_id
                where m.project_id = ? and m.role = 'MANAGER' and a.enabled order by 1""", row -> row.getLong(1), projectId);
    }

    void insert(List<Long> accountIds, long projectId, NotificationKind kind, Map<String, String> args) {
        sql.update("""
                insert into notification (account_id, project_id, kind, args)
                select account_id, ?, ?, ?::jsonb from unnest(?) account_id""",
                projectId, kind, write(args), accountIds.toArray(Long[]::new));
    }

    void dropUnread(List<Long> accountIds, long projectId, NotificationKind kind) {
        sql.update("delete from notification where account_id = any(?) and project_id = ? and kind = ? and read_at is null",
                accountIds.toArray(Long[]::new), projectId, kind);
    }

    /** The newest, those before a given one if that is not 0. */
    List<Notification> of(User reader, long before, int limit) {
        return sql.list("select n.*, p.name " + VISIBLE + " and (? = 0 or n.id < ?) order by n.id desc limit ?", this::notification,
                reader.id(), reader.admin(), before, before, limit);
    }

    /** Unread ones, counted up to a limit. */
    int unread(User reader, int limit) {
        return (int) sql.number("select count(*) from (select 1 " + VISIBLE + " and n.read_at is null limit ?) seen",
                reader.id(), reader.admin(), limit);
    }

    int markRead(long accountId, long id) {
        return sql.update("update notification set read_at = now() where account_id = ? and id = ? and read_at is null", accountId, id);
    }

    int markAllRead(long accountId, long upTo) {
        return sql.update("update notification set read_at = now() where account_id = ? and id <= ? and read_at is null", accountId, upTo);
    }

    /** A person's name is gone: where an argument {@code x} names them, {@code xId} says that it is they. */
    void rename(long accountId, String name) {
        String id = Long.toString(accountId);
        sql.update("update notification set args = jsonb_set(args, '{by}', to_jsonb(cast(? as text))) where args ->> 'byId' = ?", name, id);
        sql.update("update notification set args = jsonb_set(args, '{person}', to_jsonb(cast(? as text))) where args ->> 'personId' = ?", name, id);
    }

    private Notification notification(ResultSet row) throws SQLException {
        return new Notification(row.getLong("id"), row.getLong("project_id"), row.getString("name"),
                NotificationKind.valueOf(row.getString("kind")), read(row.getString("args")), Sql.instant(row, "created_at"),
                row.getObject("read_at") != null);
    }

    private Map<String, String> read(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Map<String, String> args) {
        try {
            return json.writeValueAsString(args);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
