package org.laudable.project.ui;

import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.anomaly.DetectionService;
import org.laudable.dataset.ImportService;
import org.laudable.jobs.JobService;
import org.laudable.labeling.GoldService;
import org.laudable.laud.RunService;
import org.laudable.laud.ModelForecasts;
import org.laudable.llm.UsableModels;
import org.laudable.live.ProjectEvents;
import org.laudable.project.ClassService;
import org.laudable.project.MemberService;
import org.laudable.project.ProjectService;
import org.laudable.series.SeriesImportService;
import org.laudable.series.SeriesService;
import org.laudable.ui.Notices;

/** What the steps of the set-up work with. */
@ApplicationScoped
class WizardServices {
    private final ProjectService projects;
    private final ClassService classes;
    private final MemberService members;
    private final ImportService imports;
    private final JobService jobs;
    private final RunService runs;
    private final ProjectEvents events;
    private final Notices notices;
    private final UsableModels models;
    private final ModelForecasts forecasts;
    private final SeriesService series;
    private final SeriesImportService seriesImports;
    private final DetectionService detections;
    private final GoldService gold;

    WizardServices(ProjectService projects, ClassService classes, MemberService members, ImportService imports, JobService jobs,
            RunService runs, ProjectEvents events, Notices notices, UsableModels models, ModelForecasts forecasts,
            SeriesService series, SeriesImportService seriesImports, DetectionService detections, GoldService gold) {
        this.projects = projects;
        this.classes = classes;
        this.members = members;
        this.imports = imports;
        this.jobs = jobs;
        this.runs = runs;
        this.events = events;
        this.notices = notices;
        this.models = models;
        this.forecasts = forecasts;
        this.series = series;
        this.seriesImports = seriesImports;
        this.detections = detections;
        this.gold = gold;
    }

    ProjectService projects() {
        return projects;
    }

    ClassService classes() {
        return classes;
    }

    MemberService members() {
        return members;
    }

    ImportService imports() {
        return imports;
    }

    JobService jobs() {
        return jobs;
    }

    RunService runs() {
        return runs;
    }

    ProjectEvents events() {
        return events;
    }

    UsableModels models() {
        return models;
    }

    ModelForecasts forecasts() {
        return forecasts;
    }

    Notices notices() {
        return notices;
    }

    SeriesService series() {
        return series;
    }

    SeriesImportService seriesImports() {
        return seriesImports;
    }

    DetectionService detections() {
        return detections;
    }

    GoldService gold() {
        return gold;
    }
}
