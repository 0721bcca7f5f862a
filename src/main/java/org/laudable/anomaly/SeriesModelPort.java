package org.laudable.anomaly;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.engine.series.Bundle;
import org.laudable.labeling.WindowVerdict;
import org.laudable.loop.Run;
import org.laudable.loop.Runs;
import org.laudable.model.ModelCard;
import org.laudable.model.ModelPort;
import org.laudable.model.ModelVersion;
import org.laudable.model.StartReport;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.BundleWriter;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.UnusableBundle;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;
import org.laudable.series.Channel;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesSettings;
import org.laudable.series.SeriesStore;

/** Detectors of the series loop as files, and files as the start of its runs. */
@ApplicationScoped
class SeriesModelPort implements ModelPort {
    private final Runs runs;
    private final SeriesStore store;
    private final ModelRepository models;
    private final LiveModels live;
    private final Verdicts verdicts;
    private final SeriesModelCard cards;
    private final SeriesStarts starts;
    private final ProjectDirectory projects;

    SeriesModelPort(Runs runs, SeriesStore store, ModelRepository models, LiveModels live, Verdicts verdicts, SeriesModelCard cards, SeriesStarts starts, ProjectDirectory projects) {
        this.runs = runs;
        this.store = store;
        this.models = models;
        this.live = live;
        this.verdicts = verdicts;
        this.cards = cards;
        this.starts = starts;
        this.projects = projects;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.SERIES;
    }

    @Override
    public Optional<ModelVersion> newest(long projectId) {
        return runs.current(projectId).filter(run -> run.roundNumber() > 0).map(run -> new ModelVersion(run.id(), run.roundNumber() - 1));
    }

    @Override
    public Written write(long projectId, BundleWriter to, Progress progress) throws IOException {
        Run run = runs.current(projectId).filter(one -> one.roundNumber() > 0).orElseThrow(() -> new Refused("There is no model yet."));
        Map<Long, SeriesInfo> infos = store.ofProject(projectId).stream().collect(Collectors.toMap(SeriesInfo::id, Function.identity()));
        List<FittedSeries> fitted = models.ofProject(projectId).stream().filter(one -> one.runId() == run.id() && one.fitted() && infos.containsKey(one.seriesId())).toList();
        if (fitted.isEmpty()) {
            throw new Refused("No series has been fitted yet.");
        }
        Map<Long, List<WindowVerdict>> said = verdicts.bySeries(projectId);
        List<WindowVerdict> taught = new ArrayList<>();
        List<Manifest.Detector> detectors = new ArrayList<>();
        for (FittedSeries one : fitted) {
            SeriesInfo info = infos.get(one.seriesId());
            progress.at(detectors.size(), fitted.size(), info.name());
            List<WindowVerdict> heard = LiveModels.heard(one, said);
            detectors.add(detector(to, info, one, heard, detectors.size() + 1));
            taught.addAll(SeriesAnswers.of(heard, info.history(), info.points()).sources());
        }
        progress.at(fitted.size(), fitted.size(), "");
        ModelVersion version = new ModelVersion(run.id(), run.roundNumber() - 1);
        ModelCard card = cards.of(run, version, fitted, taught, List.copyOf(infos.values()));
        SeriesSettings settings = store.settings(projectId);
        Manifest manifest = new Manifest(Manifest.FORMAT, Manifest.VERSION, kind().name(), projects.get(projectId).name(), version.toString(), card.madeAt(),
                card.engine(), null, new Manifest.Series(settings.missCost(), settings.template(), detectors), List.of());
        return new Written(version, manifest, card);
    }

    private Manifest.Detector detector(BundleWriter to, SeriesInfo info, FittedSeries fitted, List<WindowVerdict> said, int number) throws IOException {
        byte[] live = this.live.bytes(info, fitted, said).orElseThrow(() -> new Refused("The series '%s' is being learned. Try again in a moment.".formatted(info.name())));
        byte[] learned = models.bundle(info.id()).orElseThrow(() -> new Refused("The series '%s' is being learned. Try again in a moment.".formatted(info.name())));
        String livePart = "series/" + number + ".live.bin";
        String learnedPart = "series/" + number + ".learned.bin";
        to.part(livePart, "Scales, VAE, patterns, agent and teacher that score '%s' point by point".formatted(info.name()), out -> out.write(live));
        to.part(learnedPart, "The same as the run had them, which look around each point: what another run starts from", out -> out.write(learned));
        Bundle bundle = Bundle.read(new java.io.ByteArrayInputStream(live));
        return new Manifest.Detector(info.name(), info.channels().stream().map(c -> new Manifest.Channel(c.name(), c.unit())).toList(), info.stepSeconds(),
                info.startsAt(), info.zone().getId(), bundle.model().provenance().answers(), LiveModels.anchor(bundle.model()), livePart, learnedPart, SeriesStarts.sha256(store.load(info.id())));
    }

    @Override
    public StartReport check(long projectId, BundleFile file) throws IOException, UnusableBundle {
        return starts.check(store.ofProject(projectId), file);
    }

    @Override
    public void started(long projectId, Optional<BundleFile> file) {
        starts.forget();
    }

    /** Names of a series' channels, as they are matched. */
    static List<String> key(List<String> channels) {
        return channels.stream().map(name -> name.strip().toLowerCase(java.util.Locale.ROOT)).toList();
    }

    static List<String> key(SeriesInfo info) {
        return key(info.channels().stream().map(Channel::name).toList());
    }
}
