package org.laudable.demo;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.laudable.dataset.DataImport;
import org.laudable.dataset.ImportChoices;
import org.laudable.dataset.ImportService;
import org.laudable.dataset.ImportState;
import org.laudable.dataset.LabelValue;
import org.laudable.dataset.file.ColumnUse;
import org.laudable.dataset.file.FileColumn;
import org.laudable.laud.RunService;
import org.laudable.project.BudgetSettings;
import org.laudable.project.ClassService;
import org.laudable.project.LabelClass;
import org.laudable.project.LoopSettings;
import org.laudable.project.MemberService;
import org.laudable.project.Project;
import org.laudable.project.ProjectService;
import org.laudable.project.ProjectState;
import org.laudable.project.RateKind;
import org.laudable.project.Role;
import org.laudable.project.StoppingSettings;
import org.laudable.security.User;

/**
 * The sample text project: 8,789 commodity names of the USDA (public domain) and their 25 food groups, ready to label.
 * The file's labels stay beside the items, for comparison; nothing learns from them. Each step looks at what is there,
 * so a start that was cut off goes on at the next one.
 */
@ApplicationScoped
class FoodsProject {
    private static final String NAME = "USDA foods";
    private static final String FILE = "usda-foods.csv";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String GUIDELINES = """
            # Which food group?

            Choose the group a shop assistant would look in first.

            - **A dish of several foods** belongs to *Meals, Entrees, and Side Dishes*, *Soups, Sauces, and Gravies* or
              *Fast Foods* (when a chain sells it), not to its main ingredient.
            - **Juices** stay with their fruit or vegetable; sodas, coffee, tea and alcohol are *Beverages*.
            - **Baby food** of any kind is *Baby Foods*.
            - If none fits, press `0` and say why in a comment.
            """;

    private final ProjectService projects;
    private final ClassService classes;
    private final MemberService members;
    private final ImportService imports;
    private final RunService runs;

    FoodsProject(ProjectService projects, ClassService classes, MemberService members, ImportService imports, RunService runs) {
        this.projects = projects;
        this.classes = classes;
        this.members = members;
        this.imports = imports;
        this.runs = runs;
    }

    /** Call as the manager. */
    void bring(DemoTeam.People people) {
        Project project = projects.mine().stream().filter(mine -> mine.name().equals(NAME)).findFirst()
                .orElseGet(() -> projects.create(NAME, "a food"));
        if (project.state() != ProjectState.DRAFT) {
            return;
        }
        long id = project.id();
        members.add(id, people.annotators().stream().map(User::id).toList(), Role.ANNOTATOR);
        members.add(id, List.of(people.reviewer().id()), Role.REVIEWER);
        DataImport file = imports.ofProject(id).stream().findFirst().orElseGet(() -> upload(id));
        addClasses(id, file);
        if (projects.guideline(id).isEmpty()) {
            projects.saveGuideline(id, GUIDELINES);
        }
        projects.update(projects.find(id)
                .withLoop(new LoopSettings("prior", "influence", new StoppingSettings(true, 0.9, true, null)))
                .withBudget(new BudgetSettings("EUR", 150_000_000L, RateKind.PER_LABEL, 100_000L, 120)));
        imports.begin(id, file.id());
        waitFor(id, file.id());
        projects.activate(id);
        runs.start(id);
    }

    private DataImport upload(long id) {
        try (InputStream sample = getClass().getResourceAsStream("/samples/" + FILE)) {
            DataImport draft = imports.upload(id, FILE, sample);
            List<FileColumn> columns = draft.columns().stream().map(column -> column.usedAs(switch (column.name()) {
                case "text" -> ColumnUse.TEXT;
                case "id" -> ColumnUse.ID;
                case "label" -> ColumnUse.LABEL;
                default -> ColumnUse.IGNORED;
            })).toList();
            imports.configure(id, draft.id(), new ImportChoices(draft.format(), columns, false, false));
            return imports.find(id, draft.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addClasses(long id, DataImport file) {
        List<String> there = classes(id);
        List<ClassService.NewClass> missing = imports.labelValues(id, file.id()).stream().map(LabelValue::value).sorted()
                .filter(name -> !there.contains(name)).map(name -> new ClassService.NewClass(name, "")).toList();
        if (!missing.isEmpty()) {
            classes.add(id, missing);
        }
    }

    private List<String> classes(long id) {
        return projects.classes(id).stream().map(LabelClass::name).toList();
    }

    private void waitFor(long id, long importId) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (imports.find(id, importId).state() != ImportState.DONE) {
            if (System.nanoTime() > end || imports.find(id, importId).stopped()) {
                throw new IllegalStateException("The sample file did not go in: " + imports.find(id, importId).error());
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
    }
}
