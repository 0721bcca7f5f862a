package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Tasks of Label Studio in one list. What people said is an annotation (without choices for 'none of these'), what
 * models said are predictions with score and version; {@code data.laudable} keeps what tasks have no place for. The
 * labeling interface needs {@code <Text name="text" value="$text"/>} and {@code <Choices name="label" toName="text">}.
 */
final class LabelStudioExport extends JsonExport {
    private long tasks;

    LabelStudioExport(OutputStream out) throws IOException {
        super(out);
        json.writeRaw("[\n");
    }

    @Override
    public void write(ExportedRow row) throws IOException {
        if (tasks++ > 0) {
            json.writeRaw(",\n");
        }
        json.writeStartObject();
        fields(row);
        json.writeEndObject();
    }

    @Override
    void fields(ExportedRow row) throws IOException {
        json.writeNumberField("id", tasks);
        json.writeObjectFieldStart("data");
        json.writeStringField("text", row.text());
        json.writeObjectFieldStart("laudable");
        json.writeStringField("id", row.id());
        provenance(row);
        metadata("metadata", row);
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("annotations");
        if (row.outcome() != null && row.byPeople()) {
            json.writeStartObject();
            result(row.label(), null);
            json.writeBooleanField("was_cancelled", false);
            json.writeBooleanField("ground_truth", row.origin() == Origin.REVIEWER);
            json.writeStringField("created_at", row.labeledAt().toString());
            if (row.seconds() != null) {
                number("lead_time", row.seconds());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("predictions");
        if (row.label() != null && !row.byPeople()) {
            prediction(new ExportedRow.Guess(row.label(), row.confidence(), row.model()));
        }
        for (ExportedRow.Guess one : row.guesses()) {
            if (row.outcome() == null || row.byPeople() || !one.source().equals(row.model())) {
                prediction(one);
            }
        }
        json.writeEndArray();
    }

    private void prediction(ExportedRow.Guess one) throws IOException {
        json.writeStartObject();
        json.writeStringField("model_version", one.source());
        number("score", one.confidence());
        result(one.label(), one.confidence());
        json.writeEndObject();
    }

    private void result(String label, Float score) throws IOException {
        json.writeArrayFieldStart("result");
        if (label != null) {
            json.writeStartObject();
            json.writeStringField("id", "choice-" + tasks);
            json.writeStringField("from_name", "label");
            json.writeStringField("to_name", "text");
            json.writeStringField("type", "choices");
            if (score != null) {
                number("score", score);
            }
            json.writeObjectFieldStart("value");
            texts("choices", List.of(label));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        json.writeRaw("\n]\n");
        super.close();
    }
}
