package org.laudable.series;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.laudable.Refused;
import org.laudable.engine.series.file.TimeForm;
import org.laudable.engine.series.file.TimeReader;

/**
 * Events as text: a line each, {@code from,to,text}, where a header and an empty 'to' (a moment) are fine; or windows in
 * Numenta's form, {@code {"series.csv": [[from, to], …]}}.
 */
public final class EventFile {
    private static final int MOST = 10_000;

    private EventFile() {}

    /**
     * @param seriesId the series the events belong to; null: all of the project
     * @param name     the series whose windows are taken, if there are several
     * @param zone     of times that do not say their own
     * @throws Refused naming the first line that cannot be read
     */
    public static List<SeriesEvent> parse(String text, long projectId, Long seriesId, String name, ZoneId zone) {
        TimeReader times = new TimeReader(TimeForm.ISO, zone, 1);
        List<SeriesEvent> events = new ArrayList<>();
        if (text.stripLeading().startsWith("{")) {
            return windows(text, times, name, projectId, seriesId);
        }
        char delimiter = text.indexOf(';') >= 0 && text.indexOf(',') < 0 ? ';' : ',';
        try (CsvReader<CsvRecord> rows = CsvReader.builder().fieldSeparator(delimiter).allowExtraFields(true).allowMissingFields(true).ofCsvRecord(text.strip())) {
            for (CsvRecord row : rows) {
                long line = row.getStartingLineNumber();
                if (line == 1 && times.millis(row.getField(0)) == TimeReader.NONE && row.getField(0).strip().toLowerCase(java.util.Locale.ROOT).matches("from|start|begin|von|beginn")) {
                    continue;
                }
                if (events.size() >= MOST) {
                    throw new Refused("More than 10,000 events at once. Split the file.");
                }
                events.add(event(row, line, times, projectId, seriesId));
            }
        } catch (CsvParseException e) {
            throw new Refused("The file is not a table of from,to,text: a quote never ends.");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        if (events.isEmpty()) {
            throw new Refused("There is no event in it. Each line has from,to,text.");
        }
        return events;
    }

    private static List<SeriesEvent> windows(String text, TimeReader times, String name, long projectId, Long seriesId) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refused("The windows are not valid JSON: %s".formatted(e.getOriginalMessage()));
        }
        JsonNode spans = root.size() == 1 ? root.elements().next() : root.has(name + ".csv") ? root.get(name + ".csv") : root.path(name);
        if (!spans.isArray() || spans.isEmpty()) {
            throw new Refused("There are no windows of '%s' in it. They look like {\"%s.csv\": [[\"2024-03-31 14:30\", \"2024-03-31 15:00\"]]}."
                    .formatted(name, name));
        }
        if (spans.size() > MOST) {
            throw new Refused("More than 10,000 events at once. Split the file.");
        }
        List<SeriesEvent> events = new ArrayList<>();
        for (JsonNode span : spans) {
            long from = times.millis(span.path(0).asText());
            long to = times.millis(span.path(1).asText());
            if (from == TimeReader.NONE || to == TimeReader.NONE || to < from) {
                throw new Refused("The window %s is not two times, the earlier one first.".formatted(span));
            }
            events.add(new SeriesEvent(0, projectId, seriesId, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), false, "Window"));
        }
        return events;
    }

    private static SeriesEvent event(CsvRecord row, long line, TimeReader times, long projectId, Long seriesId) {
        if (row.getFieldCount() < 3) {
            throw new Refused("Line %d has %d fields; from,to,text are needed.".formatted(line, row.getFieldCount()));
        }
        long from = times.millis(row.getField(0));
        long to = row.getField(1).isBlank() ? from : times.millis(row.getField(1));
        if (from == TimeReader.NONE || to == TimeReader.NONE) {
            throw new Refused("Line %d: '%s' is not a time like 2024-03-31 14:30.".formatted(line, from == TimeReader.NONE ? row.getField(0) : row.getField(1)));
        }
        if (to < from) {
            throw new Refused("Line %d ends before it begins.".formatted(line));
        }
        if (row.getField(2).isBlank()) {
            throw new Refused("Line %d does not say what happened.".formatted(line));
        }
        boolean weekly = row.getFieldCount() > 3 && row.getField(3).strip().equalsIgnoreCase("weekly");
        return new SeriesEvent(0, projectId, seriesId, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), weekly, row.getField(2).strip());
    }
}
