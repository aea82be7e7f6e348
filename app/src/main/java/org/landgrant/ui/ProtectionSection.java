package org.landgrant.ui;

import java.util.EnumMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.launch.SelfTestFact;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.prompts.Words;

/** What this computer really enforces, row by row, as the self-test found it. */
final class ProtectionSection implements Section {
    /** So much of a fact's name stays beside a long value, at the usual size of text. */
    private static final double NAME = 160;

    private final ProtectionModel model;
    private final Words words;
    private final Node node;
    private final StackPane shield = new StackPane();
    private final Label title = Parts.paragraph("", "card-title");
    private final Label hint = Parts.paragraph("", "hint");
    private final ProgressBar progress = new ProgressBar(0);
    private final VBox progressLine = new VBox(progress);
    private final Button again;
    private final Button copy;
    private final Map<Subject, ProtectionRow> rows = new EnumMap<>(Subject.class);
    private final Card facts;

    ProtectionSection(ProtectionModel model, Words words) {
        this.model = model;
        this.words = words;
        again = Parts.button("protect-again", words.say("protect.again"), model::check);
        copy = Parts.button("protect-copy", words.say("protect.copy"), this::copy);
        Parts.explain(copy, words.say("protect.copy.hint"));
        Card tried = new Card(Feather.CHECK_SQUARE, words.say("protect.rows"), words.say("protect.rows.hint"));
        tried.setId("protect-rows");
        for (Subject subject : Subject.values()) {
            ProtectionRow row = new ProtectionRow(subject, model, words);
            rows.put(subject, row);
            tried.body().getChildren().add(row);
        }
        facts = new Card(Feather.CPU, words.say("protect.facts"), words.say("protect.facts.hint"));
        facts.setId("protect-facts");
        node = SectionPage.of("protection-page", words.say("protect.title"), summary(), tried, facts);
        model.page().addListener((property, before, now) -> show(now));
        show(model.page().get());
    }

    @Override
    public String name() {
        return "protection";
    }

    @Override
    public Feather icon() {
        return Feather.SHIELD;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        model.look();
    }

    @Override
    public void focus() {
        again.requestFocus();
    }

    private VBox summary() {
        shield.setMinSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        shield.setMaxSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        title.setId("protect-summary");
        VBox texts = Parts.column(2, title, hint);
        Beside head = new Beside(shield, texts, Parts.row(8, copy, again));
        head.getStyleClass().add("card-head");
        progress.setId("protect-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(words.say("protect.checking"));
        progressLine.getStyleClass().add("check-progress");
        VBox card = new VBox(head, progressLine);
        card.getStyleClass().add("card-frame");
        return card;
    }

    private void show(ProtectionPage page) {
        String key = switch (page.state()) {
            case CHECKING -> "protect.checking";
            case FINE -> "protect.fine";
            case OPEN -> "protect.open";
            case FAILED -> "protect.failed";
        };
        title.setText(words.say(key, page.open()));
        hint.setText(model.hint(page));
        boolean checking = page.checking();
        boolean fine = page.state() == ProtectionPage.State.FINE;
        shield.getStyleClass().setAll("shield", fine ? "shield-on" : checking ? "shield-off" : "shield-bad");
        shield.getChildren().setAll(Parts.icon(fine || checking ? Feather.SHIELD : Feather.ALERT_TRIANGLE, 22));
        Parts.visible(progressLine, checking);
        progress.setProgress((double) page.rows().size() / Subject.values().length);
        again.setDisable(checking);
        copy.setDisable(checking);
        copy.setText(words.say("protect.copy"));
        rows.forEach((subject, row) -> row.show(page));
        Parts.visible(facts, !page.facts().isEmpty());
        facts.body().getChildren().setAll(page.facts().stream().map(this::fact).toList());
    }

    private Node fact(SelfTestFact fact) {
        Label name = Parts.paragraph(model.name(fact), "hint");
        name.setMinWidth(Theme.scaled(NAME));
        Label value = Parts.paragraph(model.value(fact), "row-title");
        value.setTextAlignment(TextAlignment.RIGHT);
        value.setId("fact-" + fact.key());
        HBox line = Parts.row(16, name, Parts.spring(), value);
        line.getStyleClass().addAll("card-row", "fact-row");
        return line;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(model.report());
        Clipboard.getSystemClipboard().setContent(content);
        copy.setText(words.say("protect.copied"));
    }
}
