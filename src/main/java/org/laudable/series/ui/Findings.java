package org.laudable.series.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import org.laudable.series.Finding;

/** What was odd in a series, as sentences. */
final class Findings extends UnorderedList {

    Findings(List<Finding> findings) {
        addClassName("findings");
        findings.forEach(finding -> add(new ListItem(sentence(this, finding))));
    }

    static String sentence(Component speaker, Finding finding) {
        return speaker.getTranslation("series.finding." + finding.key(), finding.arguments().toArray());
    }
}
