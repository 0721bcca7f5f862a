package org.laudable.laud.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.BigDecimalField;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Consumer;
import org.laudable.laud.RunView;
import org.laudable.loop.ui.FigureTable;
import org.laudable.loop.ui.Figures;

/** The run's language model: what it answered, what people verify, how often it was wrong, what it has cost. */
final class OracleCard extends Section {
    private final Figures figures;
    private final Runnable askAgain;
    private final Consumer<Long> cap;
    private final boolean manager;
    private final Span model = new Span();
    private final Paragraph summary = new Paragraph();
    private final Paragraph quality = new Paragraph();
    private final Paragraph money = new Paragraph();
    private final UnorderedList absent = new UnorderedList();
    private final Button again;
    private final Button raise;
    private final FigureTable classes;
    private RunView.Oracle shown;

    /** @param cap takes the new cap in micros, or null for none */
    OracleCard(Figures figures, boolean manager, Runnable askAgain, Consumer<Long> cap) {
        this.figures = figures;
        this.manager = manager;
        this.askAgain = askAgain;
        this.cap = cap;
        addClassNames("card", "run-oracle");
        model.addClassNames("origin", "llm");
        Div head = new Div(new H2(figures.text("run.oracle")), model);
        head.addClassName("run-card-head");
        quality.addClassName("secondary");
        again = new Button(figures.text("run.oracle.again"), click -> this.askAgain.run());
        raise = new Button(figures.text("run.oracle.cap"), click -> changeCap());
        Div actions = new Div(raise, again);
        actions.addClassName("actions");
        absent.addClassName("run-list");
        classes = new FigureTable(figures.text("run.oracle.classes"), 4, figures.text("run.class"), figures.text("run.oracle.said"),
                figures.text("run.oracle.taken"), figures.text("run.oracle.checked"), figures.text("run.oracle.wrong"));
        add(head, summary, quality, money, absent, classes, actions);
    }

    void show(RunView run) {
        setVisible(run.oracle().isPresent());
        if (run.oracle().isEmpty() || run.oracle().get().equals(shown)) {
            return;
        }
        RunView.Oracle oracle = run.oracle().get();
        shown = oracle;
        model.setText(oracle.model());
        long asked = oracle.decisions().values().stream().mapToLong(Long::longValue).sum();
        String people = oracle.oracle().equals("hybrid") ? " " + figures.text("run.oracle.verify", count(oracle, "UNSURE"),
                count(oracle, "DISAGREES"), figures.count(oracle.waitingForPeople())) : "";
        String start = oracle.startItems() > 0 ? " " + figures.text("run.oracle.start", figures.count(oracle.startItems())) : "";
        summary.setText(oracle.oracle().equals("people") ? start.strip()
                : figures.text("run.oracle.summary", figures.count(asked), count(oracle, "TAKEN")) + people + start);
        quality.setText(oracle.error() == null ? figures.text(oracle.oracle().equals("hybrid") ? "run.oracle.error.none" : "run.oracle.error.alone")
                : oracle.takenError() == null ? figures.text("run.oracle.error.all", figures.figure(oracle.error()))
                : figures.text("run.oracle.error", figures.figure(oracle.error()), figures.figure(oracle.takenError())));
        quality.setVisible(!oracle.oracle().equals("people"));
        String currency = run.budget().currency();
        String spent = figures.text("run.oracle.spent", figures.money(oracle.settledMicros(), currency), figures.count(oracle.calls()));
        money.setText(oracle.capMicros().isEmpty() ? spent
                : spent + " " + figures.text("run.oracle.spent.of", figures.money(oracle.capMicros().getAsLong(), currency)));
        absent.removeAll();
        for (RunView.Absent kind : oracle.absent()) {
            Span count = new Span(kind.again() > 0 ? figures.text("run.oracle.absent.again", figures.count(kind.count()), figures.count(kind.again()))
                    : figures.text("run.oracle.absent", figures.count(kind.count())));
            count.addClassNames("secondary", "num");
            absent.add(new ListItem(new Span(kind.sentence()), count));
        }
        absent.setVisible(!oracle.absent().isEmpty());
        again.setVisible(manager && !oracle.absent().isEmpty());
        raise.setVisible(manager);
        classes.clear();
        classes.setVisible(!oracle.classes().isEmpty());
        for (RunView.OracleClass row : oracle.classes()) {
            classes.row(FigureTable.text(row.name()), FigureTable.number(figures.count(row.said())), FigureTable.number(figures.count(row.taken())),
                    FigureTable.number(figures.count(row.checked())), FigureTable.number(row.error() == null ? figures.text("run.unknown")
                            : figures.count(row.wrong()) + " · " + figures.figure(row.error())));
        }
    }

    private String count(RunView.Oracle oracle, String decision) {
        return figures.count(oracle.decisions().getOrDefault(decision, 0L));
    }

    private void changeCap() {
        BigDecimalField field = new BigDecimalField(figures.text("run.oracle.cap.field"));
        field.setWidthFull();
        if (shown.capMicros().isPresent()) {
            field.setValue(BigDecimal.valueOf(shown.capMicros().getAsLong(), 6).stripTrailingZeros());
        }
        Dialog dialog = new Dialog();
        dialog.setHeaderTitle(figures.text("run.oracle.cap"));
        dialog.add(new Paragraph(figures.text("run.oracle.cap.text")), field);
        dialog.addClassName("run-dialog");
        dialog.setMaxWidth("440px");
        Button save = new Button(figures.text("ui.save"), click -> {
            cap.accept(field.getValue() == null ? null : field.getValue().movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValue());
            dialog.close();
        });
        save.addThemeVariants(com.vaadin.flow.component.button.ButtonVariant.PRIMARY);
        dialog.getFooter().add(new Button(figures.text("run.cancel"), click -> dialog.close()), save);
        dialog.open();
    }
}
