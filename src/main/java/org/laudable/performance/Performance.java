package org.laudable.performance;

import java.util.List;

/**
 * What people did over a time.
 *
 * @param people who answered most comes first
 * @param days   the newest first
 */
public record Performance(String currency, List<PersonFigures> people, List<DayFigures> days) {}
