package org.laudable.laud.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.function.Consumer;
import org.laudable.laud.TaskModelTrial;
import org.laudable.laud.TaskModels;
import org.laudable.llm.Estimate;
import org.laudable.llm.UsableModels.UsableModel;
import org.laudable.llm.ui.EstimateText;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** Task models beside each other on the audit sample of the same round: quality, cost, latency. */
final class TaskModelsCard extends Section {
    private final Figures figures;
    private final FigureTable table;
    private List<TaskModelTrial> shown;

    /** @param attempt runs an action and shows a refusal politely */
    TaskModelsCard(Figures figures, boolean manager, long projectId, TaskModels service, List<UsableModel> models, Consumer<Runnable> attempt) {
        this.figures = figures;
        addClassName("card");
        table = new FigureTable(figures.text("run.models"), 5, figures.text("run.models.model"), figures.text("run.models.round"),
                figures.text("run.models.labels"), figures.text("run.models.accuracy"), figures.text("run.models.cost"), figures.text("run.models.latency"));
        Paragraph note = new Paragraph(figures.text("run.models.note"));
        note.addClassNames("secondary", "small");
        add(new H2(figures.text("run.models")), note, table);
        if (manager && !models.isEmpty()) {
            Select<UsableModel> model = new Select<>();
            model.setItems(models);
            model.setItemLabelGenerator(UsableModel::title);
            model.setValue(models.getFirst());
            model.setAriaLabel(figures.text("run.models.model"));
            Div actions = new Div(model);
            actions.addClassName("actions");
            for (TaskModelTrial.Kind kind : List.of(TaskModelTrial.Kind.LLM_IN_CONTEXT, TaskModelTrial.Kind.LLM_ZERO_SHOT)) {
                actions.add(new Button(figures.text("run.models.compare." + kind),
                        click -> attempt.accept(() -> ask(service, projectId, of(kind, model.getValue()), model.getValue(), attempt))));
            }
            add(actions);
        }
    }

    private static TaskModelTrial.Kind of(TaskModelTrial.Kind kind, UsableModel model) {
        return kind == TaskModelTrial.Kind.LLM_ZERO_SHOT && model.name().startsWith("ft:") ? TaskModelTrial.Kind.LLM_FINE_TUNED : kind;
    }

    private void ask(TaskModels service, long projectId, TaskModelTrial.Kind kind, UsableModel model, Consumer<Runnable> attempt) {
        Estimate estimate = service.estimate(projectId, kind, model.id());
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(figures.text("run.models.compare"));
        Paragraph caps = new Paragraph(EstimateText.caps(this, estimate, null));
        caps.addClassName("secondary");
        Paragraph basis = new Paragraph(EstimateText.basis(this, estimate));
        basis.addClassNames("small", "secondary");
        dialog.add(new Paragraph(EstimateText.line(this, estimate)), caps, basis);
        dialog.setMaxWidth("520px");
        Button go = new Button(figures.text("llm.prompts.go"), click -> {
            dialog.close();
            attempt.accept(() -> service.compare(projectId, kind, model.id()));
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(figures.text("run.cancel"), click -> dialog.close()), go);
        dialog.open();
    }

    void show(List<TaskModelTrial> trials, String currency) {
        setVisible(!trials.isEmpty());
        if (trials.equals(shown)) {
            return;
        }
        shown = trials;
        table.clear();
        for (TaskModelTrial trial : trials) {
            String name = figures.text("run.models." + trial.kind()) + (trial.model().isEmpty() ? "" : " · " + trial.model());
            String quality = switch (trial.state()) {
                case "DONE" -> figures.figure(trial.accuracy());
                case "FAILED" -> trial.error();
                default -> figures.text("llm.prompts.running");
            };
            boolean own = trial.kind() == TaskModelTrial.Kind.EMBEDDED_HEAD;
            table.row(FigureTable.text(name), FigureTable.number(figures.count(trial.round())), FigureTable.number(figures.count(trial.labels())),
                    FigureTable.number(quality), FigureTable.number(own ? figures.money(0, currency) : trial.perThousand().isEmpty()
                            ? figures.text("run.unknown") : figures.money(trial.perThousand().getAsLong(), currency)),
                    FigureTable.number(trial.millisPerItem() == null ? figures.text("run.unknown") : figures.seconds(Math.round(trial.millisPerItem()))));
        }
    }
}
