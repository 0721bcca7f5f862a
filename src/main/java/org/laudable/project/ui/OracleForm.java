package org.laudable.project.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import java.util.List;
import java.util.Optional;
import org.laudable.llm.UsableModels.UsableModel;
import org.laudable.project.OracleSettings;
import org.laudable.project.Project;

/** Who answers the loop's questions: people, a language model, or both. */
final class OracleForm extends SettingsForm {
    private final List<UsableModel> models;
    private final Select<String> oracle = new Select<>();
    private final Select<UsableModel> model = new Select<>();
    private final Select<String> zeroShot = new Select<>();
    private final IntegerField zeroShotItems = number("project.oracle.zeroShotItems", 1, 100_000);
    private final IntegerField below = number("project.oracle.below", 0, 100);
    private final IntegerField share = number("project.oracle.share", 0, 100);
    private final IntegerField batch = number("project.oracle.batch", 1, 100);
    private final BigDecimalField cap = new BigDecimalField();
    private final Div details = new Div();
    private Long promptVersion;

    OracleForm(List<UsableModel> models) {
        this.models = models;
        oracle.setLabel(getTranslation("project.oracle"));
        oracle.setItems("people", "hybrid", "llm");
        oracle.setItemLabelGenerator(one -> getTranslation("project.oracle." + one));
        model.setLabel(getTranslation("project.oracle.model"));
        model.setItems(models);
        model.setItemLabelGenerator(one -> one == null ? "" : one.title());
        zeroShot.setLabel(getTranslation("project.oracle.zeroShot"));
        zeroShot.setItems("embedding", "llm");
        zeroShot.setItemLabelGenerator(one -> getTranslation("project.oracle.zeroShot." + one));
        below.setSuffixComponent(new Span("%"));
        share.setSuffixComponent(new Span("%"));
        cap.setLabel(getTranslation("project.oracle.cap"));
        cap.setPlaceholder(getTranslation("project.cap.none"));
        oracle.addValueChangeListener(change -> tailor());
        zeroShot.addValueChangeListener(change -> tailor());
        details.addClassName("settings-form");
        Paragraph none = new Paragraph(getTranslation("project.oracle.noModels"));
        none.addClassNames("small", "secondary");
        none.setVisible(models.isEmpty());
        details.add(model, new Why(below, "project.oracle.below", "project.oracle.below.why"),
                new Why(share, "project.oracle.share", "project.oracle.share.why"), batch,
                new Why(cap, "project.oracle.cap", "project.oracle.cap.why"));
        add(new Why(oracle, "project.oracle", "project.oracle.why"),
                new Why(zeroShot, "project.oracle.zeroShot", "project.oracle.zeroShot.why"), zeroShotItems, none, details);
        oracle.setEnabled(!models.isEmpty());
        zeroShot.setEnabled(!models.isEmpty());
    }

    private void tailor() {
        boolean hybrid = "hybrid".equals(oracle.getValue());
        details.setVisible(!"people".equals(oracle.getValue()) || "llm".equals(zeroShot.getValue()));
        below.getParent().ifPresent(row -> row.setVisible(hybrid));
        share.getParent().ifPresent(row -> row.setVisible(hybrid));
        zeroShotItems.setVisible("llm".equals(zeroShot.getValue()));
    }

    @Override
    void read(Project project) {
        OracleSettings settings = project.loop().oracle();
        promptVersion = settings.promptVersionId();
        oracle.setValue(settings.oracle());
        zeroShot.setValue(settings.zeroShot());
        zeroShotItems.setValue(settings.zeroShotItems());
        below.setValue((int) Math.round(100 * settings.verifyBelow()));
        share.setValue((int) Math.round(100 * settings.checkShare()));
        batch.setValue(settings.batch());
        cap.setValue(settings.runCapMicros() == null ? null : Money.amount(settings.runCapMicros()));
        model.setValue(models.stream().filter(one -> settings.modelId() != null && one.id() == settings.modelId()).findFirst().orElse(null));
        tailor();
    }

    @Override
    Project write(Project project) {
        Long chosen = Optional.ofNullable(model.getValue()).map(UsableModel::id).orElse(null);
        return project.withLoop(project.loop().withOracle(new OracleSettings(oracle.getValue(), chosen, promptVersion, zeroShot.getValue(),
                required(zeroShotItems), required(below) / 100.0, required(share) / 100.0, required(batch),
                cap.getValue() == null ? null : Money.micros(cap.getValue()))));
    }
}
