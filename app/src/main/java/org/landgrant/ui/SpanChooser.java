package org.landgrant.ui;

import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.landgrant.grants.Span;
import org.landgrant.prompts.Words;

/** How long “Allow” holds. All choices lie open, as a list that folds out would hide what is being answered. */
final class SpanChooser extends HBox {
    private final Segments<Span> segments;

    /** @param id of the window; its own is that and {@code -span} */
    SpanChooser(String id, Words words, ObjectProperty<Span> span) {
        super(12);
        String name = words.say("prompt.span");
        Label label = Parts.label(name, "hint");
        segments = new Segments<>(
                Span.class,
                name,
                value -> id + "-span-" + word(value),
                value -> words.say("prompt.span." + word(value)),
                span::set);
        setId(id + "-span");
        setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(label, Parts.spring(), segments);
        span.addListener((property, before, now) -> segments.show(now));
        segments.show(span.get());
    }

    private static String word(Span span) {
        return span.name().toLowerCase(Locale.ROOT);
    }
}
