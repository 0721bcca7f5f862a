package org.laudable.engine.series.file;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series of a plan, one after the other; each can be opened as often as needed. */
public final class SeriesInputs {
    private final SourcePlan plan;
    private final Map<String, SourceEntry> entries;
    private final ZoneId zone;
    private final Map<String, Windows> windows = new HashMap<>();
    private final TableNames named;

    /** @param zone of times that do not say their own */
    public SeriesInputs(SourcePlan plan, List<SourceEntry> entries, ZoneId zone) throws IOException, UnreadableSource {
        this.plan = plan;
        this.entries = new HashMap<>();
        entries.forEach(entry -> this.entries.put(entry.id(), entry));
        this.zone = zone;
        Map<String, List<long[]>> spans = new HashMap<>();
        for (String id : plan.windows()) {
            Windows.read(this.entries.get(id), zone).forEach((name, found) -> spans.computeIfAbsent(name, n -> new ArrayList<>()).addAll(found));
        }
        spans.forEach((name, found) -> windows.put(name, new Windows(found)));
        named = new TableNames(windows.keySet());
    }

    /** A file, or the files of a machine, that hold one series or (long tables) several. */
    public record Unit(String name, SourceGroup group, SourceEntry entry, Machine machine) {
        /** What a person calls it in a message. */
        public String path() {
            return entry == null ? name : entry.path();
        }
    }

    /** One series that can be opened. */
    public record Input(String name, Opener opener) {
        /** Opens it at its beginning. */
        public interface Opener {
            PointReader open() throws IOException, UnreadableSource;
        }
    }

    public List<Unit> units() {
        List<Unit> units = new ArrayList<>();
        for (SourceGroup group : plan.groups()) {
            group.machines().forEach(machine -> units.add(new Unit(machine.name(), group, null, machine)));
            group.entries().forEach((id, name) -> {
                if (entries.containsKey(id)) {
                    units.add(new Unit(name, group, entries.get(id), null));
                }
            });
        }
        return units;
    }

    /** The series of a unit. A long table is read whole; the others are read as they are asked for. */
    public List<Input> inputs(Unit unit) throws IOException, UnreadableSource {
        return inputs(unit, Long.MAX_VALUE);
    }

    /** @param mostRows of a long table to read */
    public List<Input> inputs(Unit unit, long mostRows) throws IOException, UnreadableSource {
        if (unit.machine() != null) {
            return List.of(new Input(unit.name(), () -> new MachineReader(unit.machine(), unit.group(), entries::get)));
        }
        if (unit.group().format() != SourceFormat.LONG) {
            return List.of(new Input(unit.name(), () -> new WideReader(unit.entry(), unit.group(), zone,
                    named.of(unit.entry()).map(name -> windows.get(name).fresh()).orElse(null))));
        }
        List<Input> inputs = new ArrayList<>();
        for (Map.Entry<String, MemoryPoints> one : LongTable.read(unit.entry(), unit.group(), zone, mostRows).entrySet()) {
            inputs.add(new Input(one.getKey(), one.getValue()::fromTheStart));
        }
        return inputs;
    }
}
