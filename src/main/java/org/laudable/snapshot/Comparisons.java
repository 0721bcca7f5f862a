package org.laudable.snapshot;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.laudable.database.Sql;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.security.OutOfReach;

/** Compares a snapshot with another one or with what holds now. Checks no access. */
@ApplicationScoped
class Comparisons {
    private static final int EXCERPT = 300;
    private static final int MOST_SECONDS = 3_600;

    private final SnapshotRepository snapshots;
    private final Present present;
    private final ProjectDirectory projects;
    private final DataSource dataSource;
    private final Sql sql;

    Comparisons(SnapshotRepository snapshots, Present present, ProjectDirectory projects, DataSource dataSource, Sql sql) {
        this.snapshots = snapshots;
        this.present = present;
        this.projects = projects;
        this.dataSource = dataSource;
        this.sql = sql;
    }

    /** @param later empty: now */
    Comparison compare(Snapshot earlier, Optional<Snapshot> later) {
        Map<Long, String> before = names(earlier);
        Map<Long, String> after = later.map(Comparisons::names).orElseGet(() -> namesNow(earlier.projectId()));
        Comparing.Counts counts = new Comparing.Counts();
        walk(earlier, later, 0, counts);
        List<Comparison.Move> moves = counts.moves.entrySet().stream().map(one -> new Comparison.Move(one.getKey().from(), one.getKey().to(),
                before.getOrDefault(one.getKey().from(), ""), after.getOrDefault(one.getKey().to(), ""), one.getValue()))
                .sorted(Comparator.comparingLong(Comparison.Move::rows).reversed().thenComparing(Comparison.Move::from).thenComparing(Comparison.Move::to)).toList();
        List<Comparison.Renamed> renamed = before.entrySet().stream().filter(one -> after.containsKey(one.getKey()) && !after.get(one.getKey()).equals(one.getValue()))
                .map(one -> new Comparison.Renamed(one.getKey(), one.getValue(), after.get(one.getKey()))).sorted(Comparator.comparing(Comparison.Renamed::classId)).toList();
        return new Comparison(counts.same, counts.otherWords, moves, counts.added, counts.gone, renamed);
    }

    /**
     * Rows that differ, in the order of their keys.
     *
     * @param from only those that had this label; {@code to} only those that have it
     */
    List<Comparison.Item> items(Snapshot earlier, Optional<Snapshot> later, Optional<Long> from, Optional<Long> to, long after, int limit) {
        record Found(@Nullable SnapshotRow left, @Nullable SnapshotRow right) {
            SnapshotRow either() {
                return left == null ? right : left;
            }
        }
        List<Found> found = new ArrayList<>();
        walk(earlier, later, after, (left, right) -> {
            boolean differs = left == null || right == null || !Comparing.sameLabel(left, right);
            boolean wanted = from.isEmpty() || left != null && left.outcome() == from.get();
            if (differs && wanted && (to.isEmpty() || right != null && right.outcome() == to.get())) {
                found.add(new Found(left, right));
            }
            return found.size() < limit;
        });
        Map<Long, String> before = names(earlier);
        Map<Long, String> now = later.map(Comparisons::names).orElseGet(() -> namesNow(earlier.projectId()));
        Map<Long, String[]> texts = texts(earlier, found.stream().map(Found::either).toList());
        return found.stream().map(one -> {
            String[] text = texts.getOrDefault(one.either().key(), new String[] {"", ""});
            return new Comparison.Item(one.either().key(), one.either().itemId(), text[0], text[1], said(one.left(), before), said(one.right(), now));
        }).toList();
    }

    private static Optional<Comparison.Said> said(@Nullable SnapshotRow row, Map<Long, String> names) {
        return Optional.ofNullable(row).map(it -> new Comparison.Said(it.outcome(), Optional.ofNullable(names.get(it.outcome())),
                Optional.ofNullable(it.label()).map(label -> label.origin().name().toLowerCase(Locale.ROOT)), Optional.ofNullable(it.label()).map(SnapshotRow.Label::confidence)));
    }

    /** Ids and beginnings of the texts, or series and times of the windows, by key. */
    private Map<Long, String[]> texts(Snapshot snapshot, List<SnapshotRow> rows) {
        Map<Long, String[]> texts = new HashMap<>();
        sql.list("select w.id, w.external_id, left(i.body, ?) from item_row w join item i on i.id = w.item_id where w.project_id = ? and w.id = any (?)",
                row -> texts.put(row.getLong(1), new String[] {row.getString(2), row.getString(3)}), EXCERPT, snapshot.projectId(),
                rows.stream().filter(row -> row.window() == null).map(SnapshotRow::key).toArray(Long[]::new));
        Map<Long, String> series = new HashMap<>();
        sql.list("select id, name from series where project_id = ?", row -> series.put(row.getLong(1), row.getString(2)), snapshot.projectId());
        snapshots.series(snapshot.id()).forEach((id, one) -> series.put(id, one.path("name").asText()));
        rows.stream().filter(row -> row.window() != null).forEach(row -> texts.put(row.key(), new String[] {series.getOrDefault(row.window().seriesId(), ""),
            Instant.ofEpochMilli(row.window().fromMillis()) + " – " + Instant.ofEpochMilli(row.window().toMillis())}));
        return texts;
    }

    private void walk(Snapshot earlier, Optional<Snapshot> later, long after, BiPredicate<@Nullable SnapshotRow, @Nullable SnapshotRow> sink) {
        Comparing comparing = new Comparing(new Rows(snapshots, earlier.id(), after), sink);
        if (later.isPresent()) {
            Rows rows = new Rows(snapshots, later.get().id(), after);
            boolean on = true;
            while (on && rows.hasNext()) {
                on = comparing.after(rows.next());
            }
        } else {
            readNow(earlier.projectId(), after, comparing);
        }
        comparing.end();
        stillThere(earlier);
        later.ifPresent(this::stillThere);
    }

    /** Rows of a snapshot that is removed meanwhile end early: what was seen of it says nothing. */
    private void stillThere(Snapshot one) {
        snapshots.find(one.projectId(), one.id()).orElseThrow(() -> new OutOfReach("There is no such snapshot."));
    }

    /** In a transaction of its own that sees one moment; all that is read on the way is read in it, on its connection. */
    private void readNow(long projectId, long after, Comparing comparing) {
        ProjectKind kind = projects.get(projectId).kind();
        QuarkusTransaction.requiringNew().timeout(MOST_SECONDS).run(() -> {
            sql.update("set transaction isolation level repeatable read read only");
            try (Connection connection = dataSource.getConnection()) {
                present.read(connection, projectId, kind, after, false, (row, source) -> comparing.after(row));
            } catch (SQLException | IOException e) {
                throw new IllegalStateException("What holds now cannot be read", e);
            }
        });
    }

    private static Map<Long, String> names(Snapshot snapshot) {
        Map<Long, String> names = new HashMap<>();
        snapshot.classes().forEach(one -> names.put(one.id(), one.name()));
        return names;
    }

    private Map<Long, String> namesNow(long projectId) {
        Map<Long, String> names = new HashMap<>();
        for (LabelClass one : projects.classes(projectId)) {
            names.put(one.id(), one.name());
        }
        return names;
    }
}
