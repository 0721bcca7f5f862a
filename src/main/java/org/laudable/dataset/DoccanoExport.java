package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Lines for doccano's text classification; it keeps every field beside {@code text} and {@code label} as metadata. */
final class DoccanoExport extends JsonExport {

    DoccanoExport(OutputStream out) throws IOException {
        super(out);
    }

    @Override
    void fields(ExportedRow row) throws IOException {
        json.writeStringField("id", row.id());
        json.writeStringField("text", row.text());
        texts("label", row.label() == null ? List.of() : List.of(row.label()));
        provenance(row);
        metadata("metadata", row);
    }
}
