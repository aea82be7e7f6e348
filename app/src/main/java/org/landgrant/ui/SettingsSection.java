package org.landgrant.ui;

import java.util.Locale;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Asking;
import org.landgrant.grants.Preferences.Keeping;
import org.landgrant.grants.Preferences.Language;
import org.landgrant.grants.Preferences.Motion;
import org.landgrant.prompts.Words;

/** How Landgrant itself looks and asks, how to stop using it, and what it is. */
final class SettingsSection implements Section {
    private static final String LICENCE = "apache.org/licenses/LICENSE-2.0";

    private final Words words;
    private final Node node;
    private final Segments<Appearance> appearance;
    private final Segments<TextSize> text;
    private final Segments<Motion> motion;
    private final Segments<Language> language;
    private final Segments<Asking> asking;
    private final Segments<Keeping> keeping;
    private final Label wrong = Parts.paragraph("", "wrong");

    /** @param data where everything is kept, as a person reads it */
    SettingsSection(PreferencesModel model, String version, String data, Words words) {
        this.words = words;
        appearance = choice(
                Appearance.class,
                "appearance",
                SettingsSection::word,
                value -> model.change(now -> now.withAppearance(value)));
        text = choice(
                TextSize.class,
                "text",
                size -> String.valueOf(size.percent()),
                value -> model.change(now -> now.withTextPercent(value.percent())));
        motion = choice(
                Motion.class, "motion", SettingsSection::word, value -> model.change(now -> now.withMotion(value)));
        language = choice(
                Language.class,
                "language",
                SettingsSection::word,
                value -> model.change(now -> now.withLanguage(value)));
        asking = choice(
                Asking.class, "asking", SettingsSection::word, value -> model.change(now -> now.withAsking(value)));
        keeping = choice(
                Keeping.class, "keeping", SettingsSection::word, value -> model.change(now -> now.withKeeping(value)));
        wrong.setId("settings-wrong");
        node = SectionPage.of(
                "settings-page",
                words.say("section.settings"),
                wrong,
                card(
                        Feather.EYE,
                        "settings.looks",
                        row("appearance", appearance),
                        row("text", text),
                        row("motion", motion),
                        row("language", language)),
                card(
                        Feather.MESSAGE_SQUARE,
                        "settings.questions",
                        row("asking", asking),
                        row("keeping", keeping),
                        row("kept", fact("kept", words.say("settings.kept.value", Denial.MOST_KEPT)))),
                new ReleaseCard(model, words),
                card(
                        Feather.INFO,
                        "settings.about",
                        row("version", fact("version", version)),
                        row("licence", fact("licence", LICENCE)),
                        row("data", fact("data", data))));
        model.now().addListener((property, before, now) -> show(now));
        model.failure().addListener((property, before, now) -> complain(now));
        show(model.now().get());
        complain(model.failure().get());
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public Feather icon() {
        return Feather.SETTINGS;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        // Every choice is made here, so nothing here changes from outside.
    }

    @Override
    public void focus() {
        appearance.getChildren().getFirst().requestFocus();
    }

    private void show(Preferences now) {
        appearance.show(now.appearance());
        text.show(TextSize.of(now.textPercent()));
        motion.show(now.motion());
        language.show(now.language());
        asking.show(now.asking());
        keeping.show(now.keeping());
    }

    private void complain(String sentence) {
        wrong.setText(sentence);
        Parts.visible(wrong, !sentence.isEmpty());
    }

    private <E extends Enum<E>> Segments<E> choice(
            Class<E> kind, String name, Function<E, String> word, java.util.function.Consumer<E> chosen) {
        return new Segments<>(
                kind,
                words.say("settings." + name),
                value -> name + "-" + word.apply(value),
                value -> words.say("settings." + name + "." + word.apply(value)),
                chosen);
    }

    private static Label fact(String id, String value) {
        Label label = Parts.label(value, "row-title");
        label.setId("settings-" + id);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private Card card(Feather icon, String title, Node... rows) {
        Card card = new Card(icon, words.say(title), words.say(title + ".hint"));
        card.body().getChildren().setAll(rows);
        return card;
    }

    /** One setting with one plain sentence. */
    private Beside row(String name, Region control) {
        VBox texts = Parts.column(
                2,
                Parts.paragraph(words.say("settings." + name), "row-title"),
                Parts.paragraph(words.say("settings." + name + ".hint"), "row-path"));
        Beside row = new Beside(texts, control);
        row.getStyleClass().add("card-row");
        return row;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
