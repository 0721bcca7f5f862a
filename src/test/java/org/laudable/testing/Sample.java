package org.laudable.testing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.laudable.security.User;

/** Makes the rows a test starts from, straight in the database; names are unique, so tests do not meet. */
@ApplicationScoped
public class Sample {
    private final DataSource dataSource;

    Sample(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A person who can sign in nowhere (no password), with the given name plus a random end. */
    public User person(String name) {
        return person(name, false);
    }

    public User admin(String name) {
        return person(name, true);
    }

    private User person(String name, boolean admin) {
        String username = name + "-" + UUID.randomUUID().toString().substring(0, 8);
        long id = insert("insert into account (username, display_name, admin) values (?, ?, ?) returning id", username, name, admin);
        return new User(id, username, name, admin);
    }

    /** An active text project with its classes; {@code manager} is its MANAGER. */
    public long project(User manager, String... classes) {
        long project = insert("""
                insert into project (kind, name, state, seed, created_by) values ('TEXT', ?, 'ACTIVE', 7, ?) returning id""",
                "Sample " + UUID.randomUUID(), manager.id());
        member(project, manager, "MANAGER");
        insert("insert into budget (project_id) values (?) on conflict (project_id) do update set settled_micros = 0 returning project_id", project);
        for (int i = 0; i < classes.length; i++) {
            insert("insert into label_class (project_id, ordinal, name) values (?, ?, ?) returning id", project, i, classes[i]);
        }
        return project;
    }

    public void member(long project, User user, String role) {
        insert("insert into project_member (project_id, account_id, role) values (?, ?, ?) returning account_id", project, user.id(), role);
    }

    /** Items with the given texts, in order; returns their ids. */
    public List<Long> items(long project, List<String> texts) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            long id = insert("""
                    insert into item (project_id, body, fingerprint, shuffle)
                    values (?, ?, substring(sha256(convert_to(lower(?), 'UTF8')) for 16), ?) returning id""",
                    project, texts.get(i), texts.get(i), i);
            insert("insert into item_row (item_id, project_id, external_id) values (?, ?, ?) returning id", id, project, "row-" + id);
            ids.add(id);
        }
        return ids;
    }

    public List<Long> classIds(long project) {
        return query("select id from label_class where project_id = ? order by ordinal", project);
    }

    /** One long from SQL; parameters in order. */
    public long number(String sql, Object... parameters) {
        return query(sql, parameters).getFirst();
    }

    /** Runs a statement and returns how many rows it touched. */
    public int execute(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection(); PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long insert(String sql, Object... parameters) {
        return number(sql, parameters);
    }

    private List<Long> query(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<Long> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
