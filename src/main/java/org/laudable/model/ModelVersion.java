package org.laudable.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which model of a project: the round of the run that made it. Written '7-3'. */
public record ModelVersion(long runId, int round) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18})-(\\d{1,9})");

    public static Optional<ModelVersion> read(String text) {
        Matcher match = WRITTEN.matcher(text);
        return match.matches() ? Optional.of(new ModelVersion(Long.parseLong(match.group(1)), Integer.parseInt(match.group(2)))) : Optional.empty();
    }

    @Override
    public String toString() {
        return runId + "-" + round;
    }
}
