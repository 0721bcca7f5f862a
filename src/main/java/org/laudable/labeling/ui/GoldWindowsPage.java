package org.laudable.labeling.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Style;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.labeling.GoldWindow;
import org.laudable.labeling.GoldWindows;
import org.laudable.loop.ui.FigureTable;
import org.laudable.project.LabelClass;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.series.SeriesInfo;
import org.laudable.series.SeriesService;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** Which judged windows of a series project are gold: annotators are measured by them. */
@Route("projects/:projectId/gold")
@PermitAll
class GoldWindowsPage extends ProjectPage {
    private static final int MOST = 100;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final GoldWindows gold;
    private final ProjectService projects;
    private final SeriesService series;
    private final Notices notices;
    private FigureTable table;
    private final Paragraph count = new Paragraph();

    GoldWindowsPage(ProjectAccess access, GoldWindows gold, ProjectService projects, SeriesService series, Notices notices) {
        super(access, Role.REVIEWER, "labeling.gold.title");
        this.gold = gold;
        this.projects = projects;
        this.series = series;
        this.notices = notices;
    }

    @Override
    protected void build() {
        Paragraph what = new Paragraph(getTranslation("labeling.gold.what"));
        what.addClassName("secondary");
        count.setId("gold-count");
        count.getElement().setAttribute("role", "status");
        table = new FigureTable(getTranslation("labeling.gold.title"), 0, getTranslation("labeling.gold.use"), getTranslation("labeling.gold.stretch"),
                getTranslation("labeling.gold.verdict"), getTranslation("labeling.gold.by"), getTranslation("labeling.gold.series"));
        Div card = new Div(count, table);
        card.addClassName("card");
        add(new H1(getTranslation("labeling.gold.title")), what, card);
        show();
    }

    private void show() {
        table.clear();
        List<GoldWindow> windows = gold.list(projectId(), MOST);
        count.setText(getTranslation("labeling.gold.count", windows.stream().filter(GoldWindow::gold).count()));
        if (windows.isEmpty()) {
            table.nothing(getTranslation("labeling.gold.none"));
            return;
        }
        Map<Long, String> classes = projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        Map<Long, SeriesInfo> known = new HashMap<>();
        windows.forEach(window -> {
            SeriesInfo info = known.computeIfAbsent(window.seriesId(), series::find);
            Anchor stretch = new Anchor("projects/" + projectId() + "/review?item=" + window.itemId(),
                    at(info, window.from()) + " – " + at(info, window.to() - 1));
            stretch.getStyle().setWhiteSpace(Style.WhiteSpace.NOWRAP);
            table.row(new NativeTableCell(toggle(window)), new NativeTableCell(stretch), FigureTable.text(classes.getOrDefault(window.classId(), "")),
                    FigureTable.text(getTranslation(window.reviewed() ? "labeling.gold.byReviewer" : "labeling.gold.byPeople")),
                    FigureTable.text(info.name()));
        });
    }

    private String at(SeriesInfo info, int point) {
        return MINUTE.format(series.moment(info.id(), point).atZone(info.zone()));
    }

    private Button toggle(GoldWindow window) {
        Button button = new Button(getTranslation(window.gold() ? "labeling.gold.drop" : "labeling.gold.choose"), click -> {
            if (window.gold()) {
                gold.drop(projectId(), window.itemId());
                notices.undoable(getTranslation("labeling.gold.dropped"), () -> {
                    gold.choose(projectId(), window.itemId());
                    show();
                });
            } else {
                gold.choose(projectId(), window.itemId());
            }
            show();
        });
        button.addThemeVariants(ButtonVariant.SMALL);
        button.getElement().setAttribute("aria-pressed", Boolean.toString(window.gold()));
        return button;
    }
}
