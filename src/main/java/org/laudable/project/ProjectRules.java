package org.laudable.project;

import java.util.Set;
import java.util.regex.Pattern;
import org.laudable.Refused;

/** What a project's settings must keep to, in sentences for the person who sets them. */
final class ProjectRules {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Set<String> STRATEGIES = Set.of("influence", "random", "least-confidence", "margin", "entropy",
            "typicality", "margin-diverse");

    private ProjectRules() {}

    static void check(Project project) {
        name(project.name());
        if (project.description().length() > 2_000) {
            throw new Refused("The description is longer than 2,000 characters. Shorten it, or move the details into the guidelines.");
        }
        LabelingSettings labeling = project.labeling();
        between(labeling.overlap(), 1, 20, "Answers per item");
        between(labeling.more().percent(), 0, 100, "The share of items with several answers");
        between(labeling.more().mostAnnotators(), 1, 20, "Answers at most");
        between(labeling.gold().percent(), 0, 50, "The share of gold items");
        between(labeling.gold().onboarding(), 0, 200, "Gold items at the start");
        between(labeling.gold().passPercent(), 1, 100, "The pass mark");
        between(labeling.leaseMinutes(), 1, 1_440, "Minutes an item is held");
        between(labeling.auditSize(), 0, 100_000, "The audit sample");
        between(labeling.batchSize(), 1, 10_000, "Labels per batch");
        LoopSettings loop = project.loop();
        if (!Set.of("prior", "confirm").contains(loop.startMode()) || !STRATEGIES.contains(loop.strategy())) {
            throw new Refused("Choose one of the starts and query strategies that are offered.");
        }
        oracle(loop.oracle());
        StoppingSettings stopping = loop.stopping();
        if (stopping.targetAccuracy() != null && !(stopping.targetAccuracy() > 0 && stopping.targetAccuracy() < 1)) {
            throw new Refused("The target accuracy must lie between 0 and 100 %.");
        }
        if (stopping.gainFloor() != null && !(stopping.gainFloor() >= 0 && stopping.gainFloor() < 1_000)) {
            throw new Refused("The least gain must be a number of points, 0 or more.");
        }
        budget(project.budget());
    }

    private static void oracle(OracleSettings oracle) {
        if (!OracleSettings.ORACLES.contains(oracle.oracle()) || !Set.of("embedding", "llm").contains(oracle.zeroShot())) {
            throw new Refused("Choose who answers from what is offered.");
        }
        if ((oracle.asksModel() || oracle.startsByModel()) && oracle.modelId() == null) {
            throw new Refused("Choose the language model that is to answer. An administrator adds models under Providers.");
        }
        if (!(oracle.verifyBelow() >= 0 && oracle.verifyBelow() <= 1) || !(oracle.checkShare() >= 0 && oracle.checkShare() <= 1)) {
            throw new Refused("The confidence and the share that people verify must lie between 0 and 100 %.");
        }
        between(oracle.batch(), 1, 100, "Texts per call");
        between(oracle.zeroShotItems(), 1, 100_000, "Texts for the start");
        if (oracle.runCapMicros() != null && oracle.runCapMicros() < 0) {
            throw new Refused("Amounts of money must be 0 or more.");
        }
    }

    static void name(String name) {
        if (name.isBlank()) {
            throw new Refused("Give the project a name.");
        }
        if (name.length() > 120) {
            throw new Refused("The project's name is longer than 120 characters. Shorten it.");
        }
    }

    static void className(String name) {
        if (name.isBlank()) {
            throw new Refused("A class needs a name.");
        }
        if (name.length() > 200) {
            throw new Refused("The class name '" + name.substring(0, 40) + "…' is longer than 200 characters. Shorten it.");
        }
    }

    private static void budget(BudgetSettings budget) {
        if (!CURRENCY.matcher(budget.currency()).matches()) {
            throw new Refused("The currency must be three capital letters, like EUR.");
        }
        if (budget.capMicros() != null && budget.capMicros() < 0 || budget.rateMicros() < 0) {
            throw new Refused("Amounts of money must be 0 or more.");
        }
        if (budget.rateKind() != RateKind.NONE && budget.rateMicros() == 0) {
            throw new Refused("Enter what a label or an hour costs, or choose not to count people's work in money.");
        }
        between(budget.maxTaskSeconds(), 1, 86_400, "The longest time paid per answer");
    }

    private static void between(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new Refused("%s must be between %,d and %,d.".formatted(what, least, most));
        }
    }
}
