package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.laudable.engine.series.Series;
import org.laudable.engine.series.SeriesModel;
import org.laudable.model.BundleStore;
import org.laudable.model.StartReport;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.SeriesModelFile;
import org.laudable.model.file.UnusableBundle;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/** Which detector of a loaded file a series begins with: one that has learned from a series with the same channels, never from this very one. */
@ApplicationScoped
class SeriesStarts {
    private static final Logger LOG = Logger.getLogger(SeriesStarts.class);

    private final BundleStore files;
    private final SeriesStore store;
    private Optional<Read> last = Optional.empty();

    SeriesStarts(BundleStore files, SeriesStore store) {
        this.files = files;
        this.store = store;
    }

    private record Read(long bundleId, List<Manifest.Detector> detectors, List<SeriesModel> models) {}

    /** Says what of a file fits series. */
    StartReport check(List<SeriesInfo> series, BundleFile file) throws IOException, UnusableBundle {
        if (series.isEmpty()) {
            throw new UnusableBundle("There are no series yet. Import them first, then load the model.");
        }
        List<Manifest.Detector> detectors = SeriesModelFile.series(file).detectors();
        for (Manifest.Detector one : detectors) {
            SeriesModelFile.bundle(file, one.learned());
        }
        List<String> matched = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Manifest.Detector> used = new ArrayList<>();
        for (SeriesInfo info : series) {
            Optional<Manifest.Detector> found = choose(info, detectors);
            if (found.filter(one -> one.answers() > 0).isPresent()) {
                matched.add(info.name());
                used.add(found.get());
            } else {
                others.add(info.name());
                if (detectors.stream().anyMatch(one -> one.data() != null && one.data().equals(sha256(store.load(info.id()))))) {
                    notes.add("The model has learned from '%s' itself; measured on it, it would look better than it is.".formatted(info.name()));
                }
            }
        }
        if (matched.isEmpty()) {
            throw new UnusableBundle(notes.isEmpty() ? "No series of the project has the channels of one the model has answers for (%s).".formatted(described(detectors)) : notes.getFirst());
        }
        return new StartReport(matched, others, detectors.stream().filter(one -> !used.contains(one)).map(Manifest.Detector::series).toList(), notes);
    }

    private static String described(List<Manifest.Detector> detectors) {
        Manifest.Detector first = detectors.getFirst();
        return "'%s': %s".formatted(first.series(), String.join(", ", first.channels().stream().map(Manifest.Channel::name).limit(8).toList()));
    }

    /** The one of the same name, else the one with most answers; none that learned from these very values. */
    private Optional<Manifest.Detector> choose(SeriesInfo info, List<Manifest.Detector> detectors) {
        List<Manifest.Detector> alike = detectors.stream().filter(one -> SeriesModelPort.key(one.channels().stream().map(Manifest.Channel::name).toList()).equals(SeriesModelPort.key(info))).toList();
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        String own = sha256(store.load(info.id()));
        if (alike.stream().anyMatch(one -> own.equals(one.data()))) {
            return Optional.empty();
        }
        return alike.stream().max(java.util.Comparator.comparing((Manifest.Detector one) -> one.series().toLowerCase(Locale.ROOT).equals(info.name().toLowerCase(Locale.ROOT)))
                .thenComparingInt(Manifest.Detector::answers));
    }

    /** What a series begins with; empty if its run began with no model, or with none that fits. */
    synchronized Optional<SeriesModel> of(DetectionSettings settings, SeriesInfo info) {
        if (settings.startModel() == null) {
            return Optional.empty();
        }
        try {
            Read read = read(settings.startModel());
            return choose(info, read.detectors()).filter(one -> one.answers() > 0).map(one -> read.models().get(read.detectors().indexOf(one)));
        } catch (IOException | UnusableBundle e) {
            LOG.errorf(e, "Start model %d cannot be read; the series begins without", settings.startModel());
            return Optional.empty();
        }
    }

    private Read read(long bundleId) throws IOException, UnusableBundle {
        if (last.filter(there -> there.bundleId() == bundleId).isEmpty()) {
            last = Optional.of(files.with(bundleId, file -> {
                List<SeriesModel> models = new ArrayList<>();
                List<Manifest.Detector> detectors = SeriesModelFile.series(file).detectors();
                for (Manifest.Detector one : detectors) {
                    models.add(SeriesModelFile.bundle(file, one.learned()).model());
                }
                return new Read(bundleId, detectors, models);
            }));
        }
        return last.get();
    }

    synchronized void forget() {
        last = Optional.empty();
    }

    /** Of all values of a series: two imports of one file are the same series. */
    static String sha256(Series series) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (double[] channel : series.values()) {
                ByteBuffer bytes = ByteBuffer.allocate(channel.length * Double.BYTES);
                bytes.asDoubleBuffer().put(channel);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
