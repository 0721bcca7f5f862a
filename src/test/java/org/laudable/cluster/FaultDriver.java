package org.laudable.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Does each fault several times on a cluster of real processes and prints what was lost, what was there twice, and how long it
 * took; ends with 1 if anything was. Options: {@code --faults a,b} (all without it), {@code --times N} (3). Needs the built
 * artefact; {@code clock} needs libfaketime, {@code disk} and {@code network} need root.
 */
public final class FaultDriver {
    private FaultDriver() {}

    private static Map<String, Callable<Fault>> all() {
        Map<String, Callable<Fault>> all = new LinkedHashMap<>();
        all.put("import", () -> new ImportFault(ImportFault.Kind.KILL));
        all.put("frozen", () -> new ImportFault(ImportFault.Kind.FREEZE));
        all.put("network", () -> new ImportFault(ImportFault.Kind.CUT));
        all.put("training", TrainingFault::new);
        all.put("embedding", EmbeddingFault::new);
        all.put("bulk", BulkFault::new);
        all.put("web", () -> new LabelingFault(LabelingFault.Kind.WEB));
        all.put("database", () -> new LabelingFault(LabelingFault.Kind.DATABASE));
        all.put("clock", () -> new LabelingFault(LabelingFault.Kind.CLOCK));
        all.put("disk", DiskFault::new);
        return all;
    }

    public static void main(String[] args) throws Exception {
        List<String> wanted = new ArrayList<>(all().keySet());
        int times = 3;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--faults" -> wanted = List.of(args[i + 1].split(","));
                case "--times" -> times = Integer.parseInt(args[i + 1]);
                default -> throw new IllegalArgumentException("Not known: " + args[i] + ". There are --faults and --times.");
            }
        }
        boolean well = true;
        List<String> rows = new ArrayList<>();
        for (String one : wanted) {
            Callable<Fault> fault = all().get(one);
            if (fault == null) {
                throw new IllegalArgumentException("No fault '" + one + "'. There are " + String.join(", ", all().keySet()) + ".");
            }
            try (Fault broken = fault.call()) {
                List<Fault.Outcome> outcomes = new ArrayList<>();
                for (int n = 1; n <= times; n++) {
                    Fault.Outcome outcome = broken.once();
                    System.out.printf(Locale.ROOT, "%s, time %d: %s%n", broken.name(), n, outcome);
                    outcomes.add(outcome);
                    well &= outcome.well();
                }
                rows.add(row(broken.name(), outcomes));
            }
        }
        System.out.println("\n| fault | times | at stake | lost | doubled | seconds until work went on |\n|---|---|---|---|---|---|");
        rows.forEach(System.out::println);
        System.exit(well ? 0 : 1);
    }

    private static String row(String name, List<Fault.Outcome> outcomes) {
        return String.format(Locale.ROOT, "| %s | %d | %,d | %d | %d | %s |", name, outcomes.size(), outcomes.stream().mapToLong(Fault.Outcome::work).sum(),
                outcomes.stream().mapToLong(Fault.Outcome::lost).sum(), outcomes.stream().mapToLong(Fault.Outcome::doubled).sum(),
                outcomes.stream().map(one -> String.format(Locale.ROOT, "%.1f", one.seconds())).collect(Collectors.joining(", ")));
    }
}
