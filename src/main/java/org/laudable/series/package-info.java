/**
 * Time series of a project: their files, values, known labels, events and settings. Values lie in compressed chunks with
 * a pyramid of extremes above them, so that a chart costs the same at any length (decision 060). Other features read
 * through {@link org.laudable.series.SeriesStore} (background work) or {@link org.laudable.series.SeriesService} (people).
 */
package org.laudable.series;
