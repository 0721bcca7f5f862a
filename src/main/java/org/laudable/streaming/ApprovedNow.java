package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Which detectors are approved, as of a second ago: a stream of thousands of points a second does not ask the database for
 * each. While the database is away, the last answer holds.
 */
@ApplicationScoped
class ApprovedNow implements StreamScoring.Approved {
    private static final Logger LOG = Logger.getLogger(ApprovedNow.class);

    private final DetectorRepository repository;
    private final Detectors detectors;
    private volatile Map<Long, Long> bySeries = Map.of();

    ApprovedNow(DetectorRepository repository, Detectors detectors) {
        this.repository = repository;
        this.detectors = detectors;
    }

    /** Looks again; every second while this process scores streams. */
    void refresh() {
        try {
            bySeries = Map.copyOf(repository.currents());
        } catch (RuntimeException e) {
            LOG.warnf("The approved models cannot be read now, those known score on: %s", e.getMessage());
        }
    }

    @Override
    public Optional<Detector> of(long seriesId) {
        return Optional.ofNullable(bySeries.get(seriesId)).flatMap(detectors::get);
    }
}
