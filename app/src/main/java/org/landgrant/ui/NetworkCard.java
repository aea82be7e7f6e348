package org.landgrant.ui;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Words;
import org.landgrant.ui.NetworkState.Mode;

/** “Network” of an app's page. */
final class NetworkCard {
    private final AppPageModel model;
    private final Words words;
    private final Card card;
    private final Segments<Mode> segments;
    private final Button reset;
    private final Label explanation = Parts.paragraph("", "row-path");
    private final Label note;
    private final TextField field = new TextField();
    private final Label wrong = Parts.paragraph("", "wrong");
    private final VBox ports;
    private final VBox listening = new VBox();
    private NetworkState shown = new NetworkState(Mode.OFF, List.of(), false, List.of(), false);
    private boolean choosingPorts;

    NetworkCard(AppPageModel model, Words words) {
        this.model = model;
        this.words = words;
        card = new Card(Feather.GLOBE, words.say("network.title"), words.say("network.hint"));
        card.setId("network-card");
        segments = new Segments<>(
                Mode.class,
                words.say("network.title"),
                mode -> "network-" + mode.word(),
                mode -> words.say("network." + mode.word()),
                this::chosen);
        reset = Parts.iconButton("network-reset", Feather.ROTATE_CCW, words.say("row.reset"), model::resetNetwork);
        note = Parts.label(words.say("row.changed"), "note");
        VBox texts = Parts.column(1, explanation, note);
        Beside choice = new Beside(Parts.lineIcon(Feather.ACTIVITY, "row-icon"), texts, Parts.row(16, reset, segments));
        choice.getStyleClass().add("card-row");
        field.setId("network-ports-field");
        field.setPromptText(words.say("network.ports.field"));
        field.setAccessibleText(words.say("network.ports.name"));
        field.setOnAction(event -> save());
        field.textProperty().addListener((property, before, now) -> Parts.visible(wrong, false));
        HBox.setHgrow(field, Priority.ALWAYS);
        wrong.setId("network-ports-wrong");
        ports = Parts.column(
                6,
                Parts.row(8, field, Parts.button("network-ports-save", words.say("network.ports.save"), this::save)),
                wrong);
        ports.getStyleClass().add("card-row");
        card.body().getChildren().setAll(choice, ports, listening);
    }

    Node node() {
        return card;
    }

    /** Another app is shown: what was being typed belongs to the former one. */
    void forget() {
        choosingPorts = false;
    }

    void show(AppPage page) {
        boolean same = shown.equals(page.network());
        shown = page.network();
        if (!same && shown.mode() == Mode.PORTS) {
            choosingPorts = false;
        }
        Mode mode = choosingPorts ? Mode.PORTS : shown.mode();
        segments.show(mode);
        explanation.setText(words.say(choosingPorts ? "network.ports.hint" : shown.hint()));
        Parts.visible(note, shown.changed());
        reset.setVisible(shown.changed());
        Parts.visible(ports, mode == Mode.PORTS);
        if (mode == Mode.PORTS && !field.isFocused()) {
            field.setText(shown.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        Parts.visible(
                wrong,
                wrong.isVisible() && mode == Mode.PORTS && !wrong.getText().isEmpty());
        listening
                .getChildren()
                .setAll(shown.listening().stream().map(this::listeningRow).toList());
    }

    private void chosen(Mode mode) {
        choosingPorts = mode == Mode.PORTS;
        Parts.visible(wrong, false);
        switch (mode) {
            case OFF -> model.connectTo(Set.of());
            case WEB -> model.connectTo(NetworkState.WEB);
            case EVERYTHING -> model.connectEverywhere();
            case PORTS -> {
                explanation.setText(words.say("network.ports.hint"));
                field.setText(shown.ports().stream().map(String::valueOf).collect(Collectors.joining(", ")));
                Parts.visible(ports, true);
                field.requestFocus();
            }
        }
    }

    private void save() {
        switch (Ports.read(field.getText(), words)) {
            case Ports.Read.Good(Set<Integer> chosen) -> {
                choosingPorts = false;
                Parts.visible(wrong, false);
                model.connectTo(chosen);
            }
            case Ports.Read.Bad(String sentence) -> {
                wrong.setText(sentence);
                Parts.visible(wrong, true);
            }
        }
    }

    private HBox listeningRow(Resource port) {
        String number = port instanceof Resource.TcpPort(int value) ? Integer.toString(value) : "any";
        String text = port instanceof Resource.TcpPort
                ? words.say("network.listen", number)
                : words.say("network.listen.any");
        HBox row = Parts.row(
                16,
                Parts.lineIcon(Feather.RADIO, "row-icon"),
                Parts.label(text, "row-title"),
                Parts.spring(),
                Parts.button(
                        "listen-" + number + "-stop",
                        words.say("network.listen.stop"),
                        () -> model.stopListening(port)));
        row.getStyleClass().add("card-row");
        return row;
    }
}
