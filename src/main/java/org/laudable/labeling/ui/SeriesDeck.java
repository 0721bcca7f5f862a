package org.laudable.labeling.ui;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;

/** The deck of a series project: it asks about windows. */
@Tag("series-deck")
@NpmPackage(value = "uplot", version = "1.6.32")
@JsModule("./series-deck.ts")
class SeriesDeck extends LabelDeck {}
