package org.laudable.llm.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.function.Consumer;
import org.laudable.llm.FineTune;
import org.laudable.llm.FineTuneService;
import org.laudable.llm.UsableModels.UsableModel;

/** Training of a provider's model on the project's labels: its cost before it starts, how far it is, how it ended. */
final class FineTuneCard extends Section {
    private final FineTuneService tunes;
    private final long projectId;
    private final Consumer<Runnable> attempt;
    private final Amounts amounts = new Amounts(UI.getCurrent().getLocale());
    private final Select<UsableModel> model = new Select<>();
    private final Div list = new Div();

    /** @param attempt runs an action and shows a refusal politely */
    FineTuneCard(FineTuneService tunes, long projectId, List<UsableModel> models, Consumer<Runnable> attempt) {
        this.tunes = tunes;
        this.projectId = projectId;
        this.attempt = attempt;
        List<UsableModel> trainable = models.stream().filter(UsableModel::fineTuning).toList();
        addClassName("card");
        setVisible(!trainable.isEmpty());
        model.setItems(trainable);
        model.setItemLabelGenerator(UsableModel::title);
        model.setAriaLabel(getTranslation("llm.prompts.model"));
        if (!trainable.isEmpty()) {
            model.setValue(trainable.getFirst());
        }
        Button train = new Button(getTranslation("llm.tune.start"), click -> attempt.accept(this::ask));
        Div actions = new Div(model, train);
        actions.addClassName("actions");
        Paragraph lead = new Paragraph(getTranslation("llm.tune.lead"));
        lead.addClassName("secondary");
        add(new H2(getTranslation("llm.tune")), lead, list, actions);
    }

    void show() {
        list.removeAll();
        for (FineTune tune : tunes.of(projectId)) {
            Div row = new Div(new Span(sentence(tune)));
            row.addClassName("prompt-version");
            if (!tune.state().ended()) {
                Button cancel = new Button(getTranslation("ui.cancel"), click -> attempt.accept(() -> tunes.cancel(projectId, tune.id())));
                cancel.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                row.add(cancel);
            }
            list.add(row);
        }
    }

    private String sentence(FineTune tune) {
        String cost = tune.costMicros().isEmpty() ? "" : " " + getTranslation("llm.tune.cost", amounts.money(tune.costMicros().getAsLong(), tune.currency()));
        return switch (tune.state()) {
            case UPLOADING -> getTranslation("llm.tune.uploading", tune.model(), amounts.count(tune.examples())) + " " + tune.remote();
            case RUNNING -> getTranslation("llm.tune.running", tune.model(), amounts.count(tune.examples()), tune.remote());
            case SUCCEEDED -> getTranslation("llm.tune.succeeded", tune.result().orElse("?"), amounts.count(tune.examples())) + cost;
            case FAILED -> getTranslation("llm.tune.failed", tune.model(), tune.error());
            case CANCELLED -> getTranslation("llm.tune.cancelled", tune.model()) + cost;
        };
    }

    private void ask() {
        long modelId = model.getValue().id();
        FineTuneService.Cost cost = tunes.estimate(projectId, modelId);
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(getTranslation("llm.tune.start"));
        dialog.add(new Paragraph(getTranslation("llm.tune.estimate", amounts.count(cost.examples()), amounts.count(cost.tokens()),
                amounts.money(cost.likelyMicros(), cost.currency()), amounts.money(cost.mostMicros(), cost.currency()))));
        dialog.setMaxWidth("520px");
        Button go = new Button(getTranslation("llm.tune.start"), click -> {
            dialog.close();
            attempt.accept(() -> tunes.start(projectId, modelId));
            show();
        });
        go.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(getTranslation("ui.cancel"), click -> dialog.close()), go);
        dialog.open();
    }
}
