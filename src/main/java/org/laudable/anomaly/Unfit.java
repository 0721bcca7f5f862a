package org.laudable.anomaly;

import java.util.Locale;
import java.util.Optional;
import org.laudable.series.Channel;
import org.laudable.series.SeriesInfo;

/** Why nothing is searched in a series. The others go on. */
public enum Unfit {
    /** Too few points to tell what is usual. */
    SHORT,
    /** No channel ever changes. */
    CONSTANT,
    /** More values than this machine's memory holds. */
    LARGE,
    /** The engine could not fit it. */
    FAILED;

    /** Windows are 25 points long; so many are needed to know what is usual. */
    static final int LEAST_POINTS = 100;
    private static final long BYTES_A_VALUE = 60;
    private static final long BYTES_A_POINT = 400;

    static Optional<Unfit> of(SeriesInfo series, long memory) {
        if (series.points() - series.history() < LEAST_POINTS) {
            return Optional.of(SHORT);
        }
        long channels = series.channels().stream().filter(c -> !c.constant() && c.missing() < series.points()).map(Channel::ordinal).count();
        if (channels == 0) {
            return Optional.of(CONSTANT);
        }
        return series.points() * (channels * BYTES_A_VALUE + BYTES_A_POINT) > memory ? Optional.of(LARGE) : Optional.empty();
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Unfit ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
