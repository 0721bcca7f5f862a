package org.laudable.labeling.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import org.laudable.api.CsrfToken;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Guideline;
import org.laudable.project.LabelClass;
import org.laudable.project.Project;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectKind;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.security.CurrentUser;
import org.laudable.security.User;
import org.laudable.ui.ProjectPage;

/** The labelling page of a project: the deck, and nothing beside it. */
@Route("projects/:projectId/label")
@PermitAll
class LabelView extends ProjectPage {
    private final ProjectService projects;
    private final CurrentUser currentUser;
    private final CsrfToken csrf;
    private final ProjectEvents events;
    private LabelDeck deck;
    private Runnable unsubscribe = () -> { };

    LabelView(ProjectAccess access, ProjectService projects, CurrentUser currentUser, CsrfToken csrf, ProjectEvents events) {
        super(access, Role.ANNOTATOR, "ui.label");
        this.projects = projects;
        this.currentUser = currentUser;
        this.csrf = csrf;
        this.events = events;
        addClassName("label-page");
    }

    @Override
    protected void build() {
        deck = projects.find(projectId()).kind() == ProjectKind.SERIES ? new SeriesDeck() : new LabelDeck();
        add(deck);
        configure();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        var page = event.getUI();
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.SETTINGS) {
                page.access(this::configure);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        super.onDetach(event);
    }

    private void configure() {
        User user = currentUser.require();
        Project project = projects.find(projectId());
        Optional<Guideline> guideline = projects.guideline(projectId());
        List<LabelDeck.OfferedClass> classes = projects.classes(projectId()).stream()
                .filter(one -> !one.retired()).map(LabelView::offered).toList();
        deck.configure(new LabelDeck.Configuration(projectId(), user.id(), user.displayName(), csrf.of(user),
                getLocale().toLanguageTag(), "/projects/" + projectId() + "/label", classes,
                guideline.map(Guideline::number).orElse(null), project.labeling().leaseMinutes(),
                role() != Role.ANNOTATOR,
                deck instanceof SeriesDeck ? DeckTexts.ofSeries(this::getTranslation) : DeckTexts.all(this::getTranslation)),
                guideline.map(Guideline::markdown).filter(text -> !text.isBlank())
                        .orElseGet(() -> getTranslation("labeling.noGuidelines")));
    }

    private static LabelDeck.OfferedClass offered(LabelClass one) {
        return new LabelDeck.OfferedClass(one.id(), one.name(), one.description() == null ? "" : one.description(), one.meaning());
    }
}
