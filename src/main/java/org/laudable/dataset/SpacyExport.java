package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Lines for spaCy's text categorizer: 1 for the class a text has, 0 for all others, all 0 for 'none of these', and no
 * {@code cats} where nobody knows.
 */
final class SpacyExport extends JsonExport {
    private final List<String> classes;

    SpacyExport(OutputStream out, List<String> classes) throws IOException {
        super(out);
        this.classes = classes;
    }

    @Override
    void fields(ExportedRow row) throws IOException {
        json.writeStringField("text", row.text());
        if (row.outcome() != null) {
            json.writeObjectFieldStart("cats");
            for (String one : classes) {
                json.writeNumberField(one, one.equals(row.label()) ? 1.0 : 0.0);
            }
            if (row.label() != null && !classes.contains(row.label())) {
                json.writeNumberField(row.label(), 1.0);
            }
            json.writeEndObject();
        }
        json.writeObjectFieldStart("meta");
        json.writeStringField("id", row.id());
        provenance(row);
        metadata("metadata", row);
        json.writeEndObject();
    }
}
