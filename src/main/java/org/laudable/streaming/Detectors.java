package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Approved detectors, read once per process; the one used longest ago goes when there are many. */
@ApplicationScoped
class Detectors {
    private static final int KEPT = 500;

    private final DetectorRepository repository;
    private final Map<Long, Detector> read = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Detector> eldest) {
            return size() > KEPT;
        }
    };

    Detectors(DetectorRepository repository) {
        this.repository = repository;
    }

    /** The one that scores a series now; asks the database which that is. */
    Optional<Detector> current(long seriesId) {
        return repository.current(seriesId).flatMap(this::get);
    }

    /** Empty if it was replaced meanwhile. */
    Optional<Detector> get(long detectorId) {
        synchronized (read) {
            Detector known = read.get(detectorId);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Detector> loaded = repository.load(detectorId);
        synchronized (read) {
            loaded.ifPresent(one -> read.putIfAbsent(detectorId, one));
        }
        return loaded;
    }
}
