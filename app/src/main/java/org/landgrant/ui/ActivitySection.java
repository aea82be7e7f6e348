package org.landgrant.ui;

import java.io.File;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;
import org.controlsfx.control.textfield.CustomTextField;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ActivityFilter.Period;
import org.landgrant.ui.ActivityFilter.Show;

/** The time-line: what was refused, asked, answered and changed, and which apps ran. */
final class ActivitySection implements Section {
    private final ActivityModel model;
    private final Words words;
    private final VBox root;
    private final CustomTextField search;
    private final ComboBox<ActivityPage.Choice> apps = new ComboBox<>();
    private final BarsView bars = new BarsView();
    private final Label summary = Parts.paragraph("", "card-title");
    private final ListView<ActivityItem> list = new ListView<>();
    private final Label emptyTitle = Parts.paragraph("", "empty-title");
    private final Label emptyHint = Parts.paragraph("", "hint");
    private final Label bannerText = Parts.paragraph("");
    private final Label noticeText = Parts.paragraph("");
    private final Button export;
    private final Button clear;
    private final HBox confirmation;
    private final Node filters;
    private final Node chart;
    private boolean showing;

    /** @param open goes to an app's page */
    ActivitySection(ActivityModel model, Words words, AppIcons icons, Consumer<AppId> open) {
        this.model = model;
        this.words = words;
        search = Parts.search("activity-search", words.say("activity.search"), words.say("list.clear"));
        export = Parts.button("activity-export", words.say("activity.export"), this::export);
        Parts.explain(export, words.say("activity.export.hint"));
        clear = Parts.button("activity-clear", words.say("activity.clear"), () -> confirm(true));
        confirmation = confirmation();
        list(icons, open);
        filters = filters();
        chart = chart();
        VBox head = new VBox(12, title(), banner(), notice(), confirmation, filters, chart);
        head.getStyleClass().add("activity-head");
        VBox.setVgrow(list, Priority.ALWAYS);
        root = new VBox(head, list);
        root.getStyleClass().addAll("page-ground", "activity");
        model.page().addListener((property, before, now) -> now.ifPresent(this::show));
        model.banner().addListener((property, before, now) -> showState());
        showState();
    }

    @Override
    public String name() {
        return "activity";
    }

    @Override
    public Feather icon() {
        return Feather.ACTIVITY;
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
    public void focus() {
        list.requestFocus();
    }

    @Override
    public void find() {
        search.requestFocus();
        search.selectAll();
    }

    @Override
    public void typed(KeyEvent event) {
        Parts.typedInto(search, event);
    }

    /** Shows what happened with what is called so, of all apps; an empty name asks for nothing. */
    void look(String name) {
        search.setText(name);
        model.choose(filter -> filter.app(Optional.empty()));
    }

    /** Shows what happened with an app. */
    void look(AppId app) {
        search.clear();
        model.choose(filter -> filter.app(Optional.of(app)));
    }

    private Node title() {
        VBox texts = Parts.column(
                2,
                Parts.label(words.say("section.activity"), "app-name"),
                Parts.label(words.say("activity.hint"), "hint"));
        return Parts.row(12, texts, Parts.spring(), export, clear);
    }

    private Node filters() {
        model.filter().addListener((property, before, now) -> confirm(false));
        search.textProperty().addListener((property, before, now) -> model.choose(filter -> filter.query(now)));
        search.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                list.requestFocus();
                event.consume();
            }
        });
        HBox.setHgrow(search, Priority.ALWAYS);
        apps.setId("activity-apps");
        apps.setAccessibleText(words.say("activity.app"));
        apps.setPrefWidth(220);
        apps.setConverter(new StringConverter<>() {
            @Override
            public String toString(ActivityPage.@Nullable Choice choice) {
                return choice == null ? "" : choice.name();
            }

            @Override
            public ActivityPage.@Nullable Choice fromString(String name) {
                return null; // Nobody types here.
            }
        });
        apps.valueProperty().addListener((property, before, now) -> {
            if (!showing && now != null) {
                model.choose(filter -> filter.app(now.app()));
            }
        });
        Segments<Period> periods = new Segments<>(
                Period.class,
                words.say("activity.period"),
                period -> "activity-period-" + period.word(),
                period -> words.say("activity.period." + period.word()),
                period -> model.choose(filter -> filter.period(period)));
        periods.show(ActivityFilter.BEGINNING.period());
        Segments<Show> kinds = new Segments<>(
                Show.class,
                words.say("activity.show"),
                show -> "activity-show-" + show.word(),
                show -> words.say("activity.show." + show.word()),
                show -> model.choose(filter -> filter.show(show)));
        kinds.show(ActivityFilter.BEGINNING.show());
        CheckBox routine = new CheckBox(words.say("activity.routine"));
        routine.setId("activity-routine");
        routine.setMinWidth(Region.USE_PREF_SIZE);
        Parts.explain(routine, words.say("activity.routine.hint"));
        routine.setOnAction(event -> model.choose(filter -> filter.routine(routine.isSelected())));
        FlowPane kindsLine = new FlowPane(12, 8, kinds, periods, routine);
        HBox first = Parts.row(12, search, apps);
        first.getStyleClass().add("search-line");
        return Parts.column(10, first, kindsLine);
    }

    private Node chart() {
        summary.setId("activity-summary");
        HBox head = Parts.row(
                16,
                summary,
                Parts.spring(),
                legend("bar-refused-mark", "activity.legend.refused"),
                legend("bar-allowed-mark", "activity.legend.allowed"));
        HBox.setHgrow(summary, Priority.SOMETIMES);
        VBox card = new VBox(10, head, bars);
        card.getStyleClass().addAll("card-frame", "activity-chart");
        return card;
    }

    private Node legend(String style, String name) {
        Region mark = new Region();
        mark.getStyleClass().addAll("bar-mark", style);
        Label label = Parts.label(words.say(name), "row-path");
        label.setGraphic(mark);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private void list(AppIcons icons, Consumer<AppId> open) {
        list.setId("activity-list");
        list.setAccessibleText(words.say("section.activity"));
        list.setItems(model.items());
        list.setCellFactory(view -> new ActivityCell(model, words, icons, open));
        VBox empty = Parts.column(6, Parts.icon(Feather.ACTIVITY, 56, "empty-icon"), emptyTitle, emptyHint);
        empty.setAlignment(Pos.CENTER);
        empty.setId("activity-empty");
        list.setPlaceholder(empty);
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER
                    && list.getSelectionModel().getSelectedItem() instanceof ActivityItem.Line line) {
                open.accept(line.event().app());
                event.consume();
            }
        });
    }

    private HBox banner() {
        HBox made = Parts.row(
                12,
                Parts.icon(Feather.ALERT_CIRCLE, 18),
                grows(bannerText),
                Parts.iconButton("activity-banner-close", Feather.X, words.say("banner.close"), model::dismiss));
        made.setId("activity-banner");
        made.getStyleClass().add("banner");
        follow(made, bannerText, model.banner());
        return made;
    }

    private HBox notice() {
        HBox made = Parts.row(
                12,
                Parts.icon(Feather.CHECK, 18, "good-icon"),
                grows(noticeText),
                Parts.iconButton("activity-notice-close", Feather.X, words.say("banner.close"), model::dismiss));
        made.setId("activity-notice");
        made.getStyleClass().add("activity-note");
        follow(made, noticeText, model.notice());
        return made;
    }

    private static void follow(HBox box, Label text, ReadOnlyStringProperty sentence) {
        Parts.visible(box, false);
        sentence.addListener((property, before, now) -> {
            text.setText(now);
            Parts.visible(box, !now.isEmpty());
        });
    }

    /** Asks in place, so that nothing covers what is about to go. */
    private HBox confirmation() {
        Button keep = Parts.button("activity-clear-no", words.say("activity.clear.no"), () -> confirm(false));
        Button go = Parts.button(
                "activity-clear-yes",
                words.say("activity.clear.yes"),
                () -> {
                    confirm(false);
                    model.clear();
                },
                "danger");
        HBox made = Parts.row(
                12,
                Parts.icon(Feather.TRASH_2, 18, "warning-icon"),
                grows(Parts.paragraph(words.say("activity.clear.sure"))),
                keep,
                go);
        made.setId("activity-clear-sure");
        made.getStyleClass().add("activity-note");
        Parts.visible(made, false);
        return made;
    }

    private static Label grows(Label text) {
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        return text;
    }

    private void confirm(boolean wanted) {
        Parts.visible(confirmation, wanted);
        if (wanted) {
            confirmation.lookup("#activity-clear-no").requestFocus();
        }
    }

    private void export() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(words.say("activity.export.title"));
        chooser.setInitialFileName("landgrant.csv");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("CSV", "*.csv"),
                        new FileChooser.ExtensionFilter("JSON", "*.json"));
        Optional.ofNullable(chooser.showSaveDialog(root.getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(model::export);
    }

    /** Before the first page was read there is nothing to search and nothing to draw. */
    private void showState() {
        boolean read = model.page().get().isPresent();
        Parts.visible(filters, read);
        Parts.visible(chart, read);
        if (!read) {
            boolean failed = !model.banner().get().isEmpty();
            emptyTitle.setText(words.say(failed ? "activity.unread" : "activity.loading"));
            emptyHint.setText("");
            export.setDisable(true);
            clear.setDisable(!failed);
        }
    }

    private void show(ActivityPage page) {
        showing = true;
        if (!apps.getItems().equals(page.apps())) {
            apps.getItems().setAll(page.apps());
        }
        apps.setValue(page.apps().stream()
                .filter(choice -> choice.app().equals(model.filter().get().app()))
                .findFirst()
                .orElse(page.apps().getFirst()));
        showing = false;
        bars.show(page.bars());
        bars.setAccessibleText(page.summary());
        summary.setText(page.summary());
        export.setDisable(page.items().isEmpty());
        clear.setDisable(page.all() == 0);
        showState();
        boolean nothing = page.all() == 0;
        emptyTitle.setText(words.say(nothing ? "activity.none" : "activity.empty"));
        emptyHint.setText(words.say(nothing ? "activity.none.hint" : "activity.empty.hint"));
    }
}
