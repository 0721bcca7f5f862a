package org.laudable.project.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.laudable.Refused;
import org.laudable.labeling.Assignment;
import org.laudable.labeling.GoldScore;
import org.laudable.labeling.GoldService;
import org.laudable.labeling.MemberLimits;
import org.laudable.labeling.UncoveredClass;
import org.laudable.live.ProjectEvents;
import org.laudable.project.Candidate;
import org.laudable.project.LabelClass;
import org.laudable.project.Member;
import org.laudable.project.MemberService;
import org.laudable.project.ProjectAccess;
import org.laudable.project.ProjectService;
import org.laudable.project.Role;
import org.laudable.ui.Icon;
import org.laudable.ui.Notices;
import org.laudable.ui.ProjectPage;

/** Who works in the project, and as what. */
@Route("projects/:projectId/team")
@PermitAll
class TeamView extends ProjectPage {
    private final MemberService members;
    private final ProjectEvents events;
    private final Assignment assignment;
    private final GoldService gold;
    private final ProjectService projects;
    private final Notices notices;
    private final Paragraph uncovered = new Paragraph();
    private final Span count = new Span();
    private final UnorderedList rows = new UnorderedList();
    private final MultiSelectComboBox<Candidate> people = new MultiSelectComboBox<>();
    private Runnable unsubscribe = () -> { };

    TeamView(ProjectAccess access, MemberService members, Assignment assignment, GoldService gold, ProjectService projects, ProjectEvents events,
            Notices notices) {
        super(access, Role.MANAGER, "ui.team");
        this.members = members;
        this.assignment = assignment;
        this.gold = gold;
        this.projects = projects;
        this.events = events;
        this.notices = notices;
        rows.addClassNames("rows", "team");
        count.addClassName("secondary");
        uncovered.addClassName("team-uncovered");
        uncovered.getElement().setAttribute("role", "status");
        people.setLabel(getTranslation("team.people"));
        people.setPlaceholder(getTranslation("team.choose"));
        people.setItemLabelGenerator(person -> person.displayName() + " (" + person.username() + ")");
    }

    @Override
    protected void build() {
        Div title = new Div(new H1(getTranslation("ui.team")), count);
        title.addClassName("title");
        Div head = new Div(title);
        head.addClassName("page-head");
        add(head, adder(), uncovered, rows);
        refresh();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        var page = event.getUI();
        unsubscribe = events.subscribe(projectId(), kind -> {
            if (kind == ProjectEvents.Kind.MEMBERS) {
                page.access(this::refresh);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unsubscribe.run();
        super.onDetach(event);
    }

    private Div adder() {
        Select<Role> role = roles();
        role.setLabel(getTranslation("team.role"));
        role.setValue(Role.ANNOTATOR);
        Button add = new Button(getTranslation("team.add"), Icon.PLUS.create(), click -> {
            members.add(projectId(), people.getValue().stream().map(Candidate::accountId).toList(), role.getValue());
            refresh();
        });
        add.addThemeVariants(ButtonVariant.PRIMARY);
        add.setEnabled(false);
        people.addValueChangeListener(change -> add.setEnabled(!change.getValue().isEmpty()));
        Div adder = new Div(people, role, add);
        adder.addClassNames("card", "team-adder");
        return adder;
    }

    private void refresh() {
        List<Member> team = members.members(projectId());
        count.setText(getTranslation("people.count", team.size()));
        Map<Long, MemberLimits> limits = assignment.ofMembers(projectId());
        Map<Long, GoldScore> scores = gold.scores(projectId());
        Map<Long, String> classes = projects.classes(projectId()).stream().collect(Collectors.toMap(LabelClass::id, LabelClass::name));
        rows.removeAll();
        team.forEach(member -> rows.add(row(member, limits.get(member.accountId()), scores.get(member.accountId()), classes)));
        List<UncoveredClass> nobodys = assignment.uncovered(projectId());
        uncovered.setText(nobodys.isEmpty() ? "" : getTranslation("team.uncovered", nobodys.stream()
                .map(one -> one.name() + " (" + one.questions() + ")").collect(Collectors.joining(", "))));
        uncovered.setVisible(!nobodys.isEmpty());
        people.clear();
        people.setItems(members.candidates(projectId()));
    }

    private ListItem row(Member member, MemberLimits limits, GoldScore score, Map<Long, String> classes) {
        Avatar avatar = new Avatar(member.displayName());
        avatar.getElement().setAttribute("aria-hidden", "true");
        Span name = new Span(member.displayName());
        name.addClassName("name");
        Span username = new Span(member.username());
        username.addClassNames("secondary", "small");
        Div who = new Div(name, username);
        who.addClassName("who");
        Div chips = new Div();
        chips.addClassName("chips");
        if (!member.enabled()) {
            Span disabled = new Span(getTranslation("people.disabled"));
            disabled.addClassNames("chip", "bad");
            chips.add(disabled);
        }
        chips(limits, classes).forEach(chips::add);
        if (score != null && score.answers() > 0) {
            chips.add(chip(getTranslation("team.gold", score.right(), score.answers(), Math.round(100.0 * score.right() / score.answers()),
                    Math.round(100 * score.interval().low()), Math.round(100 * score.interval().high())), "plain"));
        }
        Select<Role> role = roles();
        role.setAriaLabel(getTranslation("team.roleOf", member.displayName()));
        role.setValue(member.role());
        role.addValueChangeListener(change -> changeRole(member, change.getValue()));
        return new ListItem(avatar, who, chips, role, menu(member, limits));
    }

    private List<Span> chips(MemberLimits limits, Map<Long, String> classes) {
        List<Span> chips = new ArrayList<>();
        if (limits.paused() != null) {
            chips.add(chip(getTranslation("team.paused." + limits.paused()), "warn"));
        }
        if (limits.dailyCap() != null) {
            chips.add(chip(getTranslation("team.perDay", limits.today(), limits.dailyCap()), "plain"));
        }
        limits.skills().forEach(skill -> chips.add(chip(classes.getOrDefault(skill, "?"), "plain")));
        limits.groups().forEach(group -> chips.add(chip(getTranslation("team.group", group), "plain")));
        return chips;
    }

    private static Span chip(String text, String kind) {
        Span chip = new Span(text);
        chip.addClassNames("chip", kind);
        return chip;
    }

    private Button menu(Member member, MemberLimits limits) {
        Button button = new Button(Icon.MORE.create());
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.setAriaLabel(getTranslation("ui.actions", member.displayName()));
        ContextMenu menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("team.limits"), click -> new MemberLimitsDialog(assignment, projectId(), member, limits,
                projects.classes(projectId()), assignment.groups(projectId()), this::refresh).open());
        menu.addItem(getTranslation(limits.paused() == null ? "team.pause" : "team.resume"), click -> pause(member, limits));
        menu.addSeparator();
        menu.addItem(getTranslation("team.remove", member.displayName()), click -> remove(member));
        return button;
    }

    private void pause(Member member, MemberLimits limits) {
        if (limits.paused() != null) {
            assignment.resume(projectId(), member.accountId());
        } else {
            assignment.pause(projectId(), member.accountId());
            notices.undoable(getTranslation("team.nowPaused", member.displayName()), () -> {
                assignment.resume(projectId(), member.accountId());
                refresh();
            });
        }
        refresh();
    }

    private void changeRole(Member member, Role role) {
        try {
            members.changeRole(projectId(), member.accountId(), role);
        } catch (Refused refused) {
            notices.error(refused.getMessage());
        }
        refresh();
    }

    private void remove(Member member) {
        members.remove(projectId(), member.accountId());
        refresh();
        notices.undoable(getTranslation("team.removed", member.displayName()), () -> {
            members.add(projectId(), List.of(member.accountId()), member.role());
            refresh();
        });
    }

    private Select<Role> roles() {
        Select<Role> select = new Select<>();
        select.setItems(Role.values());
        select.setItemLabelGenerator(role -> getTranslation("team.role." + role));
        return select;
    }
}
