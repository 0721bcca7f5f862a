package org.laudable.snapshot.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.laudable.snapshot.Comparison;
import org.laudable.snapshot.Snapshot;

/**
 * A version of a project's labels.
 *
 * @param counts rows by class as it was called; 'none of these' apart
 * @param noneOf rows of which people say that no class fits
 * @param hash   SHA-256 of all it says
 */
@Schema(name = "Snapshot")
record SnapshotJson(long id, String name, Snapshot.State state, String error, Instant takenAt, Integer guideline, List<String> classes, long rows,
        long labels, Map<String, Long> counts, long noneOf, String hash, Instant createdAt) {

    static SnapshotJson of(Snapshot one) {
        Map<String, Long> counts = new TreeMap<>();
        one.classes().forEach(it -> {
            if (one.counts().containsKey(it.id())) {
                counts.put(it.name(), one.counts().get(it.id()));
            }
        });
        return new SnapshotJson(one.id(), one.name(), one.state(), one.error().orElse(null), one.takenAt().orElse(null), one.guideline().orElse(null),
                one.classes().stream().map(Snapshot.ClassThen::name).toList(), one.rows(), one.labels(), counts,
                one.counts().getOrDefault(Comparison.NONE, 0L), one.hash().isEmpty() ? null : one.hash(), one.createdAt());
    }

    @Schema(name = "NewSnapshot", examples = "{\"name\": \"2030-01 for the first model\"}")
    record Order(@NotBlank @Size(max = 120) String name) {}

    @Schema(name = "SnapshotPage")
    record Page(List<SnapshotJson> snapshots, String next) {}

    /** What differs between two versions. A label of −1 is none yet, 0 none of the classes. */
    @Schema(name = "SnapshotDiff")
    record Diff(long same, long otherWords, long changed, long added, long gone, List<MoveJson> moves, List<Comparison.Renamed> renamed) {
        static Diff of(Comparison one) {
            return new Diff(one.same(), one.otherWords(), one.changed(), one.added(), one.gone(), one.moves().stream().map(MoveJson::of).toList(), one.renamed());
        }
    }

    /** From one label to another; names are absent where there is no class. */
    @Schema(name = "SnapshotMove")
    record MoveJson(long from, long to, String fromName, String toName, long rows) {
        static MoveJson of(Comparison.Move one) {
            return new MoveJson(one.from(), one.to(), one.fromName().isEmpty() ? null : one.fromName(), one.toName().isEmpty() ? null : one.toName(), one.rows());
        }
    }

    /** A row that differs. */
    @Schema(name = "SnapshotDiffItem")
    record ItemJson(long key, long itemId, String id, String text, SaidJson from, SaidJson to) {
        static ItemJson of(Comparison.Item one) {
            return new ItemJson(one.key(), one.itemId(), one.id(), one.text(), one.from().map(SaidJson::of).orElse(null), one.to().map(SaidJson::of).orElse(null));
        }
    }

    @Schema(name = "SnapshotSaid")
    record SaidJson(long outcome, String label, String origin, Float confidence) {
        static SaidJson of(Comparison.Said one) {
            return new SaidJson(one.outcome(), one.label().orElse(null), one.origin().orElse(null), one.confidence().orElse(null));
        }
    }

    @Schema(name = "SnapshotDiffPage")
    record DiffPage(List<ItemJson> items, String next) {}

    /** Whether all that a snapshot says is as it was. */
    @Schema(name = "SnapshotCheck")
    record Check(boolean unchanged, String hash) {}
}
