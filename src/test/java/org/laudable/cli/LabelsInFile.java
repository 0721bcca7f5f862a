package org.laudable.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.laudable.engine.text.replay.LabelledTexts;

/** The labels of a file as replay reads it, for a judge that shall know them. */
public final class LabelsInFile {
    private LabelsInFile() {}

    /** Text → label. */
    public static Map<String, String> read(Path file, String text, String label) {
        LabelledTexts texts = LabelledFile.read(file, text, label, Optional.empty(), note -> { });
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < texts.texts().size(); i++) {
            labels.put(texts.texts().get(i), texts.classes().get(texts.labels()[i]));
        }
        return labels;
    }
}
