package org.laudable.series.rest;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * An event to be added.
 *
 * @param from       epoch seconds
 * @param everywhere whether it concerns all series of the project
 */
record NewEvent(@NotNull Double from, @NotNull Double to, boolean weekly, boolean everywhere, @NotBlank String explains) {}
