package org.laudable.labeling.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.markdown.Markdown;
import java.util.List;
import java.util.Map;
import org.laudable.project.Meaning;

/** The deck in the browser. It talks to REST by itself; from here it only gets what it shows. */
@Tag("label-deck")
@JsModule("./label-deck.ts")
class LabelDeck extends Component {
    private final Markdown guidelines = new Markdown();

    /**
     * What the element needs to know.
     *
     * @param csrf goes with each of its writes
     * @param signIn where a signed-out person finds back
     * @param mayAddEvents whether this person may say what happened to series
     * @param texts of the element, with their arguments still open
     */
    record Configuration(long projectId, long userId, String userName, String csrf, String locale, String signIn,
            List<OfferedClass> classes, Integer guidelineNumber, int leaseMinutes, boolean mayAddEvents,
            Map<String, String> texts) {}

    /**
     * A class that can be chosen.
     *
     * @param meaning to the detector of a series project; else null
     */
    record OfferedClass(long id, String name, String description, Meaning meaning) {}

    LabelDeck() {
        guidelines.getElement().setAttribute("slot", "guidelines");
        getElement().appendChild(guidelines.getElement());
    }

    void configure(Configuration configuration, String guidelineMarkdown) {
        guidelines.setContent(guidelineMarkdown);
        getElement().setPropertyBean("config", configuration);
    }
}
