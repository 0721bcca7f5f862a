package org.laudable.engine.series.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Lines, numbers and times as files of series write them. */
final class SeriesFiles {

    private SeriesFiles() {
    }

    /** Files below a folder (or the file itself) whose name fits, sorted by path. */
    static List<Path> below(Path folder, Predicate<String> name) throws IOException {
        if (Files.isRegularFile(folder)) {
            return List.of(folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new UnreadableSeries("There is no folder or file " + folder + ".");
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).filter(p -> name.test(p.getFileName().toString())).sorted().toList();
        }
    }

    /** Lines that are not blank, unzipped if the name ends in .gz. */
    static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        InputStream raw = Files.newInputStream(file);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8))) {
            String line = in.readLine();
            if (line != null && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            for (; line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    lines.add(line);
                }
            }
        } finally {
            raw.close();
        }
        return lines;
    }

    /** A number; blank, NaN and infinities are gaps. */
    static double number(String field, Path file, int line) {
        String f = field.strip();
        if (f.isEmpty() || f.equalsIgnoreCase("nan") || f.equalsIgnoreCase("null") || f.toLowerCase(Locale.ROOT).contains("inf")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(f);
        } catch (NumberFormatException e) {
            throw new UnreadableSeries("%s, line %d: '%s' is not a number.".formatted(file.getFileName(), line, f), e);
        }
    }

    /** Seconds since the epoch of ISO or 'yyyy-MM-dd HH:mm:ss' (UTC unless it says otherwise), or of a number. */
    static long seconds(String field, Path file, int line) {
        String f = field.strip().replace(' ', 'T');
        try {
            if (f.matches("-?\\d+(\\.\\d+)?")) {
                return Math.round(Double.parseDouble(f));
            }
            if (f.length() == 10) {
                return LocalDate.parse(f).toEpochDay() * 86_400;
            }
            if (f.endsWith("Z") || f.matches(".*[+-]\\d\\d:?\\d\\d$")) {
                return OffsetDateTime.parse(f).toEpochSecond();
            }
            return LocalDateTime.parse(f).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new UnreadableSeries("%s, line %d: '%s' is not a time; use 2024-03-31 14:30:00 or seconds since 1970."
                    .formatted(file.getFileName(), line, field.strip()), e);
        }
    }

    static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("(\\.(csv|txt))?(\\.gz)?$", "");
    }
}
