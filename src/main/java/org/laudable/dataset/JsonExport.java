package org.laudable.dataset;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An export of JSON objects, one a line. */
abstract class JsonExport implements ExportWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    final JsonGenerator json;

    JsonExport(OutputStream stream) throws IOException {
        Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        json = JSON.createGenerator(out).setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    /** The fields of a row's object. */
    abstract void fields(ExportedRow row) throws IOException;

    @Override
    public void write(ExportedRow row) throws IOException {
        json.writeStartObject();
        fields(row);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    final void number(String name, Number value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeNumber(value.toString());
        }
    }

    final void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String one : values) {
            json.writeString(one);
        }
        json.writeEndArray();
    }

    final void metadata(String name, ExportedRow row) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(row.metadata() == null ? "{}" : row.metadata());
    }

    /** What is known of a label, as fields of the present object; other tools keep them as metadata. */
    final void provenance(ExportedRow row) throws IOException {
        json.writeStringField("outcome", row.outcome());
        json.writeStringField("origin", row.by());
        number("confidence", row.confidence());
        texts("annotators", row.annotators());
        json.writeStringField("labeled_at", row.labeledAt() == null ? null : row.labeledAt().toString());
        number("seconds", row.seconds());
        number("model_version", row.modelVersion());
        json.writeStringField("known_label", row.knownLabel());
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
