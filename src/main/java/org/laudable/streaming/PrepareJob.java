package org.laudable.streaming;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.engine.series.Bundle;
import org.laudable.engine.series.OnlineScorer;
import org.laudable.engine.series.OperatingPoint;
import org.laudable.jobs.JobContext;
import org.laudable.jobs.JobHandler;
import org.laudable.live.ProjectEvents;
import org.laudable.model.BundleStore;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.SeriesModelFile;
import org.laudable.model.file.UnusableBundle;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesStore;

/**
 * Makes an approved model ready: takes each detector out of its file, has it score the end of the series it learned from
 * for the drift watch, and puts all to work at once. Until then the one before scores on.
 */
@ApplicationScoped
class PrepareJob implements JobHandler {
    static final String KIND = "live.prepare";
    /** Points whose scores live ones are compared with. */
    private static final int COMPARED = 4_000;

    private final DetectorRepository detectors;
    private final BundleStore files;
    private final SeriesStore store;
    private final ProjectEvents events;

    PrepareJob(DetectorRepository detectors, BundleStore files, SeriesStore store, ProjectEvents events) {
        this.detectors = detectors;
        this.files = files;
        this.store = store;
        this.events = events;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(JobContext job) throws Exception {
        long approval = job.payload().path("approval").asLong();
        long project = job.projectId();
        Optional<String> version = detectors.preparing(approval);
        if (version.isEmpty()) {
            return;
        }
        long file = files.kept(project, version.get()).orElseThrow(() -> new Refused("The model's file is not there any more. Approve a newer one."));
        files.with(file, bundle -> {
            prepare(approval, project, bundle, job);
            return null;
        });
        if (!job.cancelled()) {
            detectors.begin(approval, project);
            events.publish(project, ProjectEvents.Kind.LIVE);
        }
    }

    private void prepare(long approval, long project, BundleFile file, JobContext job) throws IOException, UnusableBundle {
        Map<String, SeriesInfo> byName = store.ofProject(project).stream().collect(Collectors.toMap(info -> key(info.name()), info -> info, (one, other) -> one));
        Manifest.Series series = SeriesModelFile.series(file);
        double threshold = OperatingPoint.forMissCost(series.missCost());
        int done = 0;
        int known = 0;
        for (Manifest.Detector described : series.detectors()) {
            job.progress(done++, series.detectors().size(), described.series());
            SeriesInfo info = byName.get(key(described.series()));
            if (job.cancelled()) {
                return;
            }
            if (info != null && info.channels().size() == described.channels().size()) {
                byte[] live = bytes(file, described.live());
                detectors.save(approval, project, new DetectorRepository.Made(info.id(), described, threshold, live, drift(live, described, threshold, info)));
                known++;
            }
        }
        if (known == 0) {
            throw new Refused("None of the model's series is in the project any more.");
        }
    }

    private static byte[] bytes(BundleFile file, String part) throws IOException, UnusableBundle {
        try (var in = file.data(part)) {
            return in.readAllBytes();
        }
    }

    /** Scores of the end of the stored series, once it has looked back far enough. */
    private Drift drift(byte[] live, Manifest.Detector described, double threshold, SeriesInfo info) throws IOException {
        Bundle bundle = Bundle.read(new ByteArrayInputStream(live));
        int settled = new OnlineScorer(bundle, described.anchor(), threshold, 0).settlesAfter();
        int from = Math.max(0, info.points() - COMPARED - settled);
        long[] times = store.times(info.id(), from, info.points());
        double[][] values = store.window(info.id(), from, info.points());
        OnlineScorer scorer = new OnlineScorer(bundle, described.anchor(), threshold, SeriesModelFile.time(described, times[0]));
        double[] scores = new double[Math.max(0, times.length - settled)];
        double[] row = new double[values.length];
        for (int t = 0; t < times.length; t++) {
            for (int c = 0; c < row.length; c++) {
                row[c] = values[c][t];
            }
            double score = scorer.push(Math.floorDiv(times[t], 1_000L), row).score();
            if (t >= settled) {
                scores[t - settled] = score;
            }
        }
        return Drift.of(scores);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
