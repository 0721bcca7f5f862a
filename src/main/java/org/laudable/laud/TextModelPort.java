package org.laudable.laud;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TextScorer;
import org.laudable.loop.CannotGoOn;
import org.laudable.model.ModelPort;
import org.laudable.model.ModelVersion;
import org.laudable.model.StartReport;
import org.laudable.model.file.BundleFile;
import org.laudable.model.file.BundleWriter;
import org.laudable.model.file.Manifest;
import org.laudable.model.file.TextModelFile;
import org.laudable.model.file.UnusableBundle;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectDirectory;
import org.laudable.project.ProjectKind;

/** Models of the text loop as files, and files as the start of its runs. */
@ApplicationScoped
class TextModelPort implements ModelPort {
    private final RunRepository runs;
    private final RoundRepository rounds;
    private final RoundTrainer trainer;
    private final PoolRepository pool;
    private final TextModelCard cards;
    private final ProjectDirectory projects;
    private final Sql sql;

    TextModelPort(RunRepository runs, RoundRepository rounds, RoundTrainer trainer, PoolRepository pool, TextModelCard cards, ProjectDirectory projects, Sql sql) {
        this.runs = runs;
        this.rounds = rounds;
        this.trainer = trainer;
        this.pool = pool;
        this.cards = cards;
        this.projects = projects;
        this.sql = sql;
    }

    @Override
    public ProjectKind kind() {
        return ProjectKind.TEXT;
    }

    @Override
    public Optional<ModelVersion> newest(long projectId) {
        return runs.current(projectId).filter(run -> run.roundNumber() > 0).map(run -> new ModelVersion(run.id(), run.roundNumber() - 1));
    }

    @Override
    public Written write(long projectId, BundleWriter to, Progress progress) throws IOException {
        RunRow run = runs.current(projectId).filter(one -> one.roundNumber() > 0).orElseThrow(() -> new Refused("There is no model yet."));
        progress.at(0, 2, "");
        RoundTrainer.Fitted fitted = newest(run);
        progress.at(1, 2, "");
        TextScorer scorer = fitted.model().scorer(fitted.session().pool());
        TextModelFile.write(to, scorer, fingerprints(fitted));
        RoundRow row = rounds.find(run.id(), fitted.round()).orElseThrow();
        ModelVersion version = new ModelVersion(run.id(), fitted.round());
        var made = cards.of(run, row, fitted);
        Manifest manifest = new Manifest(Manifest.FORMAT, Manifest.VERSION, kind().name(), projects.get(projectId).name(), version.toString(), made.madeAt(),
                made.engine(), new Manifest.Text(TextModelFile.encoder(scorer), classes(fitted, row), scorer.temperature()), null, List.of());
        progress.at(2, 2, "");
        return new Written(version, manifest, made);
    }

    private RoundTrainer.Fitted newest(RunRow run) {
        try {
            return trainer.newest(run);
        } catch (CannotGoOn e) {
            throw new Refused("The model cannot be made again from its labels: the project has fewer than two classes, or no texts.");
        }
    }

    private List<byte[]> fingerprints(RoundTrainer.Fitted fitted) {
        return pool.items(fitted.used().stream().map(PoolRepository.Label::itemId).toList()).stream().map(PoolRepository.PoolItem::fingerprint).toList();
    }

    private static List<Manifest.LabelClass> classes(RoundTrainer.Fitted fitted, RoundRow row) {
        Map<Long, Float> thresholds = row.metrics() == null ? Map.of() : row.metrics().thresholds();
        List<Manifest.LabelClass> classes = new ArrayList<>();
        for (LabelClass one : fitted.session().schema().classes()) {
            Float threshold = thresholds.get(one.id());
            classes.add(new Manifest.LabelClass(one.name(), one.description(), threshold == null ? null : threshold.doubleValue()));
        }
        return classes;
    }

    @Override
    public StartReport check(long projectId, BundleFile file) throws IOException, UnusableBundle {
        TextScorer scorer = TextModelFile.scorer(file);
        List<LabelClass> here = Schema.of(projects.classes(projectId)).classes();
        Set<String> there = new HashSet<>(scorer.classes().stream().map(TextClass::name).map(TextModelPort::key).toList());
        Set<String> known = new HashSet<>(here.stream().map(LabelClass::name).map(TextModelPort::key).toList());
        List<String> matched = here.stream().map(LabelClass::name).filter(name -> there.contains(key(name))).toList();
        if (matched.size() < 2) {
            throw new UnusableBundle("Of the model's classes (%s) the project has %s. At least two must have the same names."
                    .formatted(String.join(", ", scorer.classes().stream().map(TextClass::name).limit(10).toList()), matched.isEmpty() ? "none" : "only '" + matched.getFirst() + "'"));
        }
        List<byte[]> taught = TextModelFile.taught(file);
        long measured = sql.number("select count(*) from item where project_id = ? and split = 'AUDIT' and fingerprint = any (?)", projectId, taught.toArray(byte[][]::new));
        if (measured > 0) {
            throw new UnusableBundle("%,d texts of this project's audit sample taught the model: measured on them, it would look better than it is. Load it into a project that has not had a run yet."
                    .formatted(measured));
        }
        long same = sql.number("select count(*) from item where project_id = ? and fingerprint = any (?)", projectId, taught.toArray(byte[][]::new));
        List<String> notes = same == 0 ? List.of()
                : List.of("%,d of the project's texts taught the model; they stay out of the audit sample.".formatted(same));
        return new StartReport(matched, here.stream().map(LabelClass::name).filter(name -> !there.contains(key(name))).toList(),
                scorer.classes().stream().map(TextClass::name).filter(name -> !known.contains(key(name))).toList(), notes);
    }

    /** Names are the same but for case and blanks around them. */
    static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void started(long projectId, Optional<BundleFile> file) throws IOException, UnusableBundle {
        if (file.isPresent()) {
            sql.update("insert into model_start_text (project_id, fingerprint) select ?, f from unnest(?) as f on conflict do nothing", projectId,
                    TextModelFile.taught(file.get()).toArray(byte[][]::new));
        }
    }
}
