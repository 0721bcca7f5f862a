package org.laudable.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.laudable.engine.text.replay.LabelledTexts;
import org.laudable.engine.text.replay.ReplayOracle;

/**
 * A judge of known quality in a language model's place: it errs on a fixed share of the texts, and is surer of its right
 * answers (91 % of them at least .8) than of its wrong ones (30 %). Shows what the loop does with such answers, and
 * nothing about any language model.
 */
final class KnownQuality implements ReplayOracle.LanguageModel {
    private final Map<String, Integer> gold = new HashMap<>();
    private final int classes;
    private final double errorRate;
    private long calls;

    KnownQuality(LabelledTexts texts, double errorRate) {
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException("--llm-error lies between 0 and 1, not at " + errorRate);
        }
        for (int i = 0; i < texts.texts().size(); i++) {
            gold.put(texts.texts().get(i), texts.labels()[i]);
        }
        this.classes = texts.classes().size();
        this.errorRate = errorRate;
    }

    @Override
    public List<Optional<ReplayOracle.Said>> answer(List<String> texts) {
        calls++;
        return texts.stream().map(text -> Optional.of(said(text))).toList();
    }

    @Override
    public long calls() {
        return calls;
    }

    private ReplayOracle.Said said(String text) {
        boolean errs = share(text + "#error") < errorRate;
        double share = share(text + "#sure");
        int right = gold.get(text);
        int said = errs ? (right + 1 + (int) (share(text) * (classes - 1))) % classes : right;
        return new ReplayOracle.Said(said, (float) (errs ? 0.45 + 0.5 * share : 0.72 + 0.27 * Math.sqrt(share)));
    }

    private static double share(String text) {
        long mixed = text.hashCode() * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        return ((mixed * 0xBF58476D1CE4E5B9L) >>> 11) / (double) (1L << 53);
    }
}
