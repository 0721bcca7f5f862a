package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Tasks of Prodigy's {@code choice} interface: all classes are options, {@code accept} the chosen one. What people said
 * has an {@code answer} ('reject' for 'none of these'); what a model says is chosen in advance and has none.
 */
final class ProdigyExport extends JsonExport {
    private final List<String> classes;

    ProdigyExport(OutputStream out, List<String> classes) throws IOException {
        super(out);
        this.classes = classes;
    }

    @Override
    void fields(ExportedRow row) throws IOException {
        json.writeStringField("text", row.text());
        json.writeArrayFieldStart("options");
        for (String one : classes) {
            json.writeStartObject();
            json.writeStringField("id", one);
            json.writeStringField("text", one);
            json.writeEndObject();
        }
        json.writeEndArray();
        boolean said = row.outcome() != null && row.byPeople();
        ExportedRow.Guess guess = said ? null : row.label() != null ? new ExportedRow.Guess(row.label(), row.confidence(), row.model())
                : row.guesses().isEmpty() ? null : row.guesses().getFirst();
        String chosen = said ? row.label() : guess == null ? null : guess.label();
        texts("accept", chosen == null ? List.of() : List.of(chosen));
        if (said) {
            json.writeStringField("answer", row.label() == null ? "reject" : "accept");
            if (!row.annotators().isEmpty()) {
                json.writeStringField("_annotator_id", String.join(" ", row.annotators()));
            }
            json.writeNumberField("_timestamp", row.labeledAt().getEpochSecond());
        } else if (guess != null) {
            number("score", guess.confidence());
            json.writeStringField("suggestion_source", guess.source());
        }
        json.writeStringField("_view_id", "choice");
        json.writeObjectFieldStart("meta");
        json.writeStringField("id", row.id());
        provenance(row);
        metadata("metadata", row);
        json.writeEndObject();
    }
}
