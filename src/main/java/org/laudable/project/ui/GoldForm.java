package org.laudable.project.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.IntegerField;
import java.util.Optional;
import org.laudable.project.GoldSettings;
import org.laudable.project.Project;

/** How people are measured against items whose answer is known. */
final class GoldForm extends SettingsForm {
    private final IntegerField percent = number("project.gold.percent", 0, 50);
    private final IntegerField onboarding = number("project.gold.onboarding", 0, 200);
    private final IntegerField pass = number("project.gold.pass", 1, 100);

    /**
     * @param items how many gold items the project has
     * @param windows where they are chosen, if they are windows of series
     */
    GoldForm(long items, Optional<String> windows) {
        Paragraph there = new Paragraph(getTranslation(windows.isPresent() ? "project.gold.windows" : "project.gold.items", items));
        there.addClassName("secondary");
        windows.ifPresent(path -> there.add(new Text(" "), new Anchor(path, getTranslation("project.gold.windows.choose"))));
        add(there, new Why(percent, "project.gold.percent", "project.gold.percent.why"),
                new Why(onboarding, "project.gold.onboarding", "project.gold.onboarding.why"),
                new Why(pass, "project.gold.pass", "project.gold.pass.why"));
    }

    @Override
    void read(Project project) {
        percent.setValue(project.labeling().gold().percent());
        onboarding.setValue(project.labeling().gold().onboarding());
        pass.setValue(project.labeling().gold().passPercent());
    }

    @Override
    Project write(Project project) {
        return project.withLabeling(project.labeling().withGold(
                new GoldSettings(required(percent), required(onboarding), required(pass))));
    }
}
