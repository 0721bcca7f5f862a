package org.laudable.performance;

import java.time.Duration;
import java.time.LocalDate;

/** What one person did on one day. */
public record DayFigures(LocalDate day, String name, long answers, Duration active, long costMicros) {}
