package org.laudable.project.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import org.laudable.series.SeriesImport;
import org.laudable.series.ui.SeriesDrop;
import org.laudable.series.ui.SeriesImportList;
import org.laudable.series.ui.SeriesPlanPanel;

/** The files of a series project on its overview, and the way to add more. */
final class SeriesFiles extends Div {
    private final long projectId;
    private final WizardServices services;
    private final SeriesImportList files;

    SeriesFiles(long projectId, boolean manager, boolean active, WizardServices services) {
        this.projectId = projectId;
        this.services = services;
        addClassName("section");
        files = new SeriesImportList(projectId, manager, services.seriesImports(), services.jobs(), services.events(), this::look);
        Div head = new Div(new H2(getTranslation("project.files")));
        head.addClassName("page-head");
        if (manager && active) {
            head.add(new Button(getTranslation("series.files.add"), click -> drop()));
        }
        add(head, files);
    }

    private void drop() {
        Dialog dialog = new Dialog(getTranslation("series.files.add"));
        dialog.setWidth("720px");
        dialog.add(new SeriesDrop((name, bytes) -> services.seriesImports().upload(projectId, name, bytes), services.notices(), () -> {
            dialog.close();
            look();
        }));
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> dialog.close()));
        dialog.open();
    }

    private void look() {
        services.seriesImports().draft(projectId).ifPresentOrElse(this::look, files::show);
    }

    private void look(SeriesImport draft) {
        Dialog dialog = new Dialog(getTranslation("series.files.look"));
        dialog.setWidth("960px");
        SeriesPlanPanel plan = new SeriesPlanPanel(services.seriesImports(), draft, () -> {
            dialog.close();
            look();
        });
        dialog.add(plan);
        Button start = new Button(getTranslation("project.files.import"), click -> {
            plan.save();
            services.seriesImports().begin(projectId, draft.id());
            dialog.close();
            files.show();
        });
        start.addThemeVariants(ButtonVariant.PRIMARY);
        start.setEnabled(plan.usable());
        dialog.addDialogCloseActionListener(close -> {
            dialog.close();
            files.show();
        });
        dialog.getFooter().add(new Button(getTranslation("project.cancel"), click -> {
            dialog.close();
            files.show();
        }), start);
        dialog.open();
    }
}
