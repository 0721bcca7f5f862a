package org.laudable.dataset;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;

/** The refused rows of an import as CSV: line, reason, content. */
public final class RefusalReport {
    /** Rows fetched at once. */
    public static final int PAGE = 5_000;

    private final OutputStream out;

    public RefusalReport(OutputStream out) {
        this.out = out;
    }

    /**
     * Writes all pages.
     *
     * @param first the first page
     * @param after gives the page after a line
     */
    public void writeAll(List<Refusal> first, LongFunction<List<Refusal>> after) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord("line", "reason", "content");
        for (List<Refusal> page = first; !page.isEmpty(); page = after.apply(page.getLast().row())) {
            for (Refusal refusal : page) {
                csv.writeRecord(Long.toString(refusal.row()), ExportWriter.harmless(refusal.reason()),
                        ExportWriter.harmless(refusal.content()));
            }
            if (page.size() < PAGE) {
                break;
            }
        }
        csv.flush();
    }
}
