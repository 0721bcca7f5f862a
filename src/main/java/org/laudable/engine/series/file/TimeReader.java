package org.laudable.engine.series.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the times of one file in one form. Local times are taken in the zone chosen; in the hour that a clock change
 * repeats, a time that would step back is taken as the second one. Not for several threads.
 */
public final class TimeReader {
    /** What {@link #millis} says of a text that is no time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int MOST_OFFSETS = 10;

    private final TimeForm form;
    private final ZoneRules rules;
    private final boolean fixed;
    private final double step;
    private String text = "";
    private int at;
    private long last = NONE;
    private long cachedQuarter = Long.MIN_VALUE;
    private long cachedOffset;
    private final Set<Long> offsets = new HashSet<>();
    private long withZone;
    private long withoutZone;
    private long skippedHours;

    /** @param stepSeconds the distance of two steps, for the counted forms */
    public TimeReader(TimeForm form, ZoneId zone, double stepSeconds) {
        this.form = form;
        this.rules = zone.getRules();
        this.fixed = rules.isFixedOffset();
        this.step = stepSeconds;
    }

    /** Epoch milliseconds, or {@link #NONE}. */
    public long millis(String field) {
        text = field.strip();
        at = 0;
        if (text.isEmpty()) {
            return NONE;
        }
        long found = switch (form) {
            case ISO -> yearFirst();
            case DAY_FIRST -> yearLast(true);
            case MONTH_FIRST -> yearLast(false);
            case SECONDS -> scaled(1_000);
            case MILLISECONDS -> scaled(1);
            case MICROSECONDS -> scaled(1e-3);
            case NANOSECONDS -> scaled(1e-6);
            case COUNT -> scaled(1_000 * step);
            case ROWS -> NONE;
        };
        if (found != NONE) {
            last = found;
        }
        return found;
    }

    /** The time of a row in a file without times. */
    long ofRow(long row) {
        return Math.round(row * step * 1_000);
    }

    /** Some times said their zone and some did not, or they said different ones. */
    boolean mixedZones() {
        return withZone > 0 && withoutZone > 0 || offsets.size() > 2;
    }

    /** Times that no clock of the zone ever showed: the hour a change to summer time leaves out. */
    long skippedHours() {
        return skippedHours;
    }

    private long scaled(double factor) {
        double number = Numbers.parse(text);
        if (Double.isNaN(number) || Double.isInfinite(number) || Math.abs(number * factor) > 1e15) {
            return NONE;
        }
        return Math.round(number * factor);
    }

    private long yearFirst() {
        int start = at;
        int year = digits(4, 4);
        if (year < 0) {
            return NONE;
        }
        boolean parted = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '/' || text.charAt(at) == '.');
        at += parted ? 1 : 0;
        int month = digits(parted ? 1 : 2, 2);
        at += parted ? 1 : 0;
        int day = month < 0 ? -1 : digits(parted ? 1 : 2, 2);
        return day < 0 || at - start < 6 ? NONE : clock(year, month, day);
    }

    private long yearLast(boolean dayFirst) {
        int first = digits(1, 2);
        int second = first < 0 || !separator() ? -1 : digits(1, 2);
        int year = second < 0 || !separator() ? -1 : digits(2, 4);
        if (year < 0) {
            return NONE;
        }
        year += year < 100 ? year < 70 ? 2000 : 1900 : 0;
        return dayFirst ? clock(year, second, first) : clock(year, first, second);
    }

    private boolean separator() {
        boolean there = at < text.length() && "-/.".indexOf(text.charAt(at)) >= 0;
        at++;
        return there;
    }

    /** The rest of a date: nothing, or a time of day and perhaps a zone. */
    private long clock(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return NONE;
        }
        while (at < text.length() && (text.charAt(at) == 'T' || text.charAt(at) == 't' || text.charAt(at) == ' ' || text.charAt(at) == ',')) {
            at++;
        }
        int hour = 0;
        int minute = 0;
        int second = 0;
        long fraction = 0;
        if (at < text.length() && Character.isDigit(text.charAt(at))) {
            hour = digits(1, 2);
            boolean parted = at < text.length() && text.charAt(at) == ':';
            at += parted ? 1 : 0;
            minute = at < text.length() && Character.isDigit(text.charAt(at)) ? digits(2, 2) : parted ? -1 : 0;
            if (minute >= 0 && at < text.length() && (text.charAt(at) == ':' || Character.isDigit(text.charAt(at)))) {
                at += text.charAt(at) == ':' ? 1 : 0;
                second = digits(2, 2);
            }
            if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                at++;
                int scale = 100;
                for (; at < text.length() && Character.isDigit(text.charAt(at)); at++, scale /= 10) {
                    fraction += (long) scale * (text.charAt(at) - '0');
                }
            }
            hour = half(hour);
        }
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return NONE;
        }
        long days = days(year, month, day);
        if (days == NONE) {
            return NONE;
        }
        return moment(days * 86_400L + hour * 3_600L + minute * 60L + second, fraction);
    }

    /** Twelve-hour clocks: AM and PM. */
    private int half(int hour) {
        int mark = at;
        while (mark < text.length() && text.charAt(mark) == ' ') {
            mark++;
        }
        if (mark + 2 > text.length() || (text.charAt(mark + 1) | 32) != 'm') {
            return hour;
        }
        char sort = (char) (text.charAt(mark) | 32);
        if (sort != 'a' && sort != 'p') {
            return hour;
        }
        at = mark + 2;
        return hour < 1 || hour > 12 ? -1 : hour % 12 + (sort == 'p' ? 12 : 0);
    }

    private long moment(long local, long fraction) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at < text.length()) {
            long offset = offset();
            if (offset == NONE) {
                return NONE;
            }
            withZone++;
            if (offsets.size() < MOST_OFFSETS) {
                offsets.add(offset);
            }
            return (local - offset) * 1_000 + fraction;
        }
        withoutZone++;
        if (fixed) {
            return (local - rules.getOffset(java.time.Instant.EPOCH).getTotalSeconds()) * 1_000 + fraction;
        }
        return zoned(local, fraction);
    }

    private long zoned(long local, long fraction) {
        long quarter = Math.floorDiv(local, 900);
        if (quarter != cachedQuarter) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
            List<ZoneOffset> valid = rules.getValidOffsets(time);
            if (valid.size() != 1) {
                return ambiguous(local, fraction, time, valid);
            }
            cachedQuarter = quarter;
            cachedOffset = valid.getFirst().getTotalSeconds();
        }
        return (local - cachedOffset) * 1_000 + fraction;
    }

    private long ambiguous(long local, long fraction, LocalDateTime time, List<ZoneOffset> valid) {
        if (valid.isEmpty()) {
            skippedHours++;
            return (local - rules.getTransition(time).getOffsetBefore().getTotalSeconds()) * 1_000 + fraction;
        }
        long first = (local - valid.get(0).getTotalSeconds()) * 1_000 + fraction;
        long second = (local - valid.get(1).getTotalSeconds()) * 1_000 + fraction;
        return last != NONE && first <= last && second > last ? second : first;
    }

    private long offset() {
        String rest = text.substring(at);
        if (rest.equalsIgnoreCase("Z") || rest.equalsIgnoreCase("UTC") || rest.equalsIgnoreCase("GMT")) {
            return 0;
        }
        char sign = rest.charAt(0);
        if (sign != '+' && sign != '-') {
            return NONE;
        }
        String digits = rest.substring(1).replace(":", "");
        if (!digits.matches("\\d{2}(\\d{2})?")) {
            return NONE;
        }
        long seconds = Integer.parseInt(digits.substring(0, 2)) * 3_600L + (digits.length() == 4 ? Integer.parseInt(digits.substring(2)) * 60L : 0);
        return sign == '-' ? -seconds : seconds;
    }

    private static long days(int year, int month, int day) {
        if (day <= 28) {
            long y = month <= 2 ? year - 1 : year;
            long era = Math.floorDiv(y, 400);
            long ofEra = y - era * 400;
            long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
            return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    /** The number at the cursor if it has so many digits; −1 otherwise. */
    private int digits(int least, int most) {
        int start = at;
        int value = 0;
        while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        return at - start < least ? -1 : value;
    }
}
