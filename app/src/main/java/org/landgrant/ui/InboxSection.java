package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableIntegerValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** The questions that nobody answered, each with its answers beside it. */
final class InboxSection implements Section {
    private final InboxModel model;
    private final Words words;
    private final AppIcons icons;
    private final ObservableIntegerValue count;
    private final Card card;
    private final ScrollPane scroll;
    private final Node empty;
    private final StackPane root = new StackPane();

    InboxSection(InboxModel model, Words words, AppIcons icons) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        count = Bindings.createIntegerBinding(() -> model.items().get().size(), model.items());
        card = new Card(Feather.BELL, words.say("inbox.title"), words.say("inbox.hint"));
        card.setId("inbox-card");
        Label banner = Parts.complaint("inbox-banner", model.banner());
        scroll = SectionPage.of("inbox-page", words.say("section.inbox"), banner, card);
        empty = empty();
        root.getStyleClass().add("page-ground");
        root.getChildren().setAll(scroll, empty);
        model.items().addListener((property, before, now) -> show(now));
        show(List.of());
    }

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public Feather icon() {
        return Feather.BELL;
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void count() {
        model.refresh();
    }

    @Override
    public ObservableIntegerValue badge() {
        return count;
    }

    @Override
    public void focus() {
        root.requestFocus();
    }

    private void show(List<InboxItem> items) {
        Parts.visible(empty, items.isEmpty());
        scroll.setVisible(!items.isEmpty());
        List<Node> lines = new ArrayList<>();
        items.forEach(item -> lines.add(line(item, lines.size())));
        card.body().getChildren().setAll(lines);
    }

    private Node line(InboxItem item, int at) {
        StackPane icon = AppIcons.place(40);
        icons.show(item.app(), icon);
        VBox texts =
                Parts.column(2, Parts.paragraph(item.sentence(), "row-title"), Parts.label(item.detail(), "row-path"));
        Button deny = Parts.button("inbox-deny-" + at, words.say("card.deny"), () -> model.deny(item));
        Button allow = Parts.button("inbox-allow-" + at, words.say("prompt.allow"), () -> model.allow(item));
        for (Button button : List.of(deny, allow)) {
            button.setAccessibleText(button.getText() + ": " + item.sentence());
        }
        Button dismiss = Parts.iconButton(
                "inbox-dismiss-" + at, Feather.X, words.say("inbox.dismiss"), () -> model.dismiss(item));
        Beside line = new Beside(icon, texts, Parts.row(8, deny, allow, dismiss));
        line.getStyleClass().add("card-row");
        line.setId("inbox-" + at);
        return line;
    }

    private Node empty() {
        VBox made = Parts.column(
                8,
                Parts.icon(Feather.BELL, 56, "empty-icon"),
                Parts.label(words.say("inbox.empty"), "empty-title"),
                Parts.label(words.say("inbox.empty.hint"), "hint"));
        made.setAlignment(Pos.CENTER);
        made.setId("inbox-empty");
        return made;
    }
}
