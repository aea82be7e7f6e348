package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.DesktopService;
import org.landgrant.prompts.Words;

/** “Desktop services” of an app's page. */
final class ServicesCard {
    private final AppPageModel model;
    private final Words words;
    private final Card card;
    private final List<Line> lines = new ArrayList<>();

    ServicesCard(AppPageModel model, Words words) {
        this.model = model;
        this.words = words;
        card = new Card(Feather.GRID, words.say("services.title"), words.say("services.hint"));
        card.setId("services-card");
        List<Node> shown = new ArrayList<>();
        for (DesktopService service : DesktopService.values()) {
            Line line = new Line(service);
            lines.add(line);
            shown.add(line.node);
        }
        card.body().getChildren().setAll(shown);
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        for (Line line : lines) {
            page.services().stream()
                    .filter(row -> row.service() == line.service)
                    .forEach(line::show);
        }
    }

    private static Feather icon(DesktopService service) {
        return switch (service) {
            case PORTALS -> Feather.EXTERNAL_LINK;
            case NOTIFICATIONS -> Feather.MESSAGE_SQUARE;
            case TRAY -> Feather.CLOCK;
            case MEDIA_KEYS -> Feather.PLAY_CIRCLE;
            case SCREEN_SAVER -> Feather.SUN;
            case SCREEN_READER -> Feather.VOLUME_2;
            case FILE_MANAGER -> Feather.FOLDER;
            case ADDRESSES -> Feather.BOOK;
            case ACCOUNTS -> Feather.USER;
            case PASSWORDS -> Feather.KEY;
            case SETTINGS -> Feather.SLIDERS;
            case REMOTE_FOLDERS -> Feather.SERVER;
        };
    }

    private final class Line {
        private final Label hint = Parts.paragraph("", "row-path");
        private final Label note = Parts.label("", "note");
        private final ToggleSwitch on = new ToggleSwitch();
        private final Button back;
        private final DesktopService service;
        private final Node node;
        private boolean showing;

        Line(DesktopService service) {
            this.service = service;
            String id = "service-" + service.word();
            String name = words.say("services." + service.word());
            VBox texts = Parts.column(1, Parts.paragraph(name, "row-title"), hint, note);
            on.setId(id + "-switch");
            on.setAccessibleText(name);
            Parts.switchesBySpace(on);
            HBox.setMargin(on, new Insets(0, -6, 0, 0));
            on.selectedProperty().addListener((property, before, now) -> {
                if (!showing) {
                    model.service(service, now);
                }
            });
            back = Parts.iconButton(
                    id + "-reset", Feather.ROTATE_CCW, words.say("row.reset"), () -> model.resetService(service));
            Beside line = new Beside(Parts.lineIcon(icon(service), "row-icon"), texts, Parts.row(16, back, on));
            line.getStyleClass().add("card-row");
            line.setId(id);
            node = line;
        }

        void show(ServiceRow row) {
            showing = true;
            on.setSelected(row.on());
            showing = false;
            String what = words.say("services." + service.word() + ".hint");
            hint.setText(
                    row.on() && service.isGrave()
                            ? words.say("services.both", what, words.say("services.grave"))
                            : what);
            String said = row.changed()
                    ? words.say("row.changed")
                    : row.tried()
                            .map(times -> words.say("services.used", times))
                            .orElse("");
            note.setText(said);
            Parts.visible(note, !said.isEmpty());
            back.setVisible(row.changed());
        }
    }
}
