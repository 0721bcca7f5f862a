package org.laudable.dataset;

import java.io.IOException;
import java.io.OutputStream;

/** Our own JSON lines. */
final class JsonLinesExport extends JsonExport {

    JsonLinesExport(OutputStream out) throws IOException {
        super(out);
    }

    @Override
    void fields(ExportedRow row) throws IOException {
        json.writeStringField("id", row.id());
        json.writeStringField("text", row.text());
        json.writeStringField("label", row.label());
        provenance(row);
        metadata("metadata", row);
    }
}
