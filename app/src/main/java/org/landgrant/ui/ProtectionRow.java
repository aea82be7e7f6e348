package org.landgrant.ui;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;
import org.landgrant.prompts.Words;

/** One line of what was tried: what, why the verdict is what it is, what to do, and the verdict. */
final class ProtectionRow extends HBox {
    private final Subject subject;
    private final ProtectionModel model;
    private final Words words;
    private final StackPane icon = new StackPane();
    private final Label why = Parts.paragraph("", "row-path");
    private final Label remedy = Parts.paragraph("", "remedy");
    private final Label verdict = Parts.label("");

    ProtectionRow(Subject subject, ProtectionModel model, Words words) {
        super(16);
        this.subject = subject;
        this.model = model;
        this.words = words;
        setId("protect-" + subject.word());
        setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getStyleClass().add("card-row");
        icon.setMinWidth(Parts.ICON_COLUMN);
        icon.setMaxWidth(Parts.ICON_COLUMN);
        verdict.setId("verdict-" + subject.word());
        verdict.setMinWidth(Region.USE_PREF_SIZE);
        VBox texts = Parts.column(2, Parts.paragraph(model.name(subject), "row-title"), why, remedy);
        HBox.setHgrow(texts, Priority.ALWAYS);
        getChildren().setAll(icon, texts, verdict);
    }

    void show(ProtectionPage page) {
        @Nullable SelfTestRow row = page.rows().get(subject);
        if (row == null) {
            // Never green before it is known, and not green when it stays unknown.
            boolean waiting = page.checking();
            look(waiting ? Feather.MORE_HORIZONTAL : Feather.ALERT_CIRCLE, waiting ? "row-icon" : "wrong-icon");
            verdict.setText(words.say(waiting ? "protect.waiting" : "protect.verdict.unknown"));
            verdict.getStyleClass().setAll("label", "verdict", waiting ? "verdict-plain" : "verdict-bad");
            set(why, "");
            set(remedy, "");
        } else {
            show(row);
        }
        setAccessibleText(model.name(subject) + ": " + verdict.getText() + ". " + why.getText());
    }

    private void show(SelfTestRow row) {
        boolean enforced = row.verdict() == Verdict.KERNEL || row.verdict() == Verdict.LANDGRANT;
        boolean bad = !row.verdict().fine();
        look(
                enforced ? Feather.CHECK : bad ? Feather.ALERT_CIRCLE : Feather.INFO,
                enforced ? "good-icon" : bad ? "wrong-icon" : "row-icon");
        verdict.setText(model.verdict(row));
        verdict.getStyleClass()
                .setAll("label", "verdict", enforced ? "verdict-good" : bad ? "verdict-bad" : "verdict-plain");
        set(why, model.why(row));
        // When trying failed, that is said once, above.
        set(remedy, row.verdict() == Verdict.UNKNOWN ? "" : model.remedy(row).orElse(""));
    }

    private void look(Feather which, String style) {
        icon.getChildren().setAll(Parts.icon(which, 18, style));
    }

    private static void set(Label label, String text) {
        label.setText(text);
        Parts.visible(label, !text.isEmpty());
    }
}
