package org.landgrant.ui;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The right side of the settings window: everything about one app. */
final class AppPageView {
    private final AppPageModel model;
    private final Words words;
    private final AppIcons icons;
    private final StackPane root = new StackPane();
    private final ScrollPane scroll = new ScrollPane();
    private final Node empty;
    private final HBox banner;
    private final Label bannerText = Parts.paragraph("");
    private final StackPane icon = AppIcons.place(72);
    private final Label name = Parts.paragraph("", "app-name");
    private final Label description = Parts.paragraph("", "hint");
    private final Button launch;
    private final Label notLaunched = Parts.label("", "row-path");
    private final HBox unlimited;
    private final Label unlimitedText = Parts.label("", "warning");
    private final HBox running;
    private final Label reopenHint = Parts.label("", "row-path");
    private final Button reopen;
    private final ConfineCard confine;
    private final OutsideCard outside;
    private final OpenCard open;
    private final OnceCard once;
    private final FoldersCard folders;
    private final NetworkCard network;
    private final ServicesCard services;
    private final ReachCard reach;
    private final RefusalsCard refusals;
    private final FreeCard free;
    private final BeginningCard beginning;
    private Optional<AppId> shown = Optional.empty();

    /** @param toActivity shows what happened with an app */
    AppPageView(AppPageModel model, HomeLook look, Words words, AppIcons icons, Consumer<AppId> toActivity) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        confine = new ConfineCard(model, words);
        outside = new OutsideCard(model, words);
        open = new OpenCard(words);
        once = new OnceCard(model, words);
        folders = new FoldersCard(model, words);
        reach = new ReachCard(model, look, words);
        network = new NetworkCard(model, words);
        services = new ServicesCard(model, words);
        refusals = new RefusalsCard(model, words, () -> shown.ifPresent(toActivity));
        free = new FreeCard(model, words);
        beginning = new BeginningCard(model, words);
        launch = Parts.button("launch", words.say("page.launch"), model::launch, "accent");
        launch.setGraphic(Parts.icon(Feather.PLAY, 14));
        reopen = Parts.button("reopen", words.say("page.reopen"), model::reopen);
        Circle dot = new Circle(4);
        dot.getStyleClass().add("running-mark");
        running = Parts.row(8, dot, Parts.label(words.say("page.running"), "good"), reopenHint, reopen);
        running.setId("running");
        Circle mark = new Circle(4);
        mark.getStyleClass().add("open-mark");
        unlimited = Parts.row(8, mark, unlimitedText);
        unlimited.setId("unlimited");
        notLaunched.setId("launch-not");
        notLaunched.setMinWidth(Region.USE_PREF_SIZE);
        banner = banner();
        empty = empty();
        name.setId("app-name");
        icon.setId("app-icon");

        VBox title = Parts.column(4, name, description, unlimited, running);
        title.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(title, Priority.ALWAYS);
        VBox start = Parts.column(4, launch, notLaunched);
        start.setAlignment(Pos.CENTER_RIGHT);
        start.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = Parts.row(24, icon, title, start);
        head.getStyleClass().add("page-head");
        VBox page = new VBox(
                16,
                head,
                banner,
                free.loud(),
                outside.node(),
                confine.node(),
                open.node(),
                once.node(),
                folders.node(),
                reach.node(),
                network.node(),
                services.node(),
                refusals.node(),
                beginning.node(),
                free.node());
        page.getStyleClass().add("page");
        Theme.scale(page.maxWidthProperty(), 820);
        StackPane centred = new StackPane(page);
        centred.setAlignment(Pos.TOP_CENTER);
        centred.getStyleClass().add("page-ground");
        scroll.setContent(centred);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setId("page");
        root.getStyleClass().add("page-ground");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        // What is asked stands above what scrolls, and above where notes come.
        VBox all = new VBox(free.question(), scroll);
        root.getChildren().setAll(empty, all);
        all.setVisible(false);

        model.onShown(this::show);
        model.page().addListener((property, before, now) -> {
            all.setVisible(now.isPresent());
            empty.setVisible(now.isEmpty());
        });
        model.banner().addListener((property, before, now) -> {
            bannerText.setText(now);
            Parts.visible(banner, !now.isEmpty());
            if (!now.isEmpty()) {
                scroll.setVvalue(0);
            }
        });
    }

    Node node() {
        return root;
    }

    private void show(AppPage page) {
        if (!shown.equals(Optional.of(page.app().id()))) {
            shown = Optional.of(page.app().id());
            network.forget();
            refusals.forget();
            scroll.setVvalue(0);
        }
        boolean confined = page.settings().confined();
        boolean ours = page.app().notOurs().isEmpty();
        icons.show(page.app(), icon);
        name.setText(page.app().name());
        description.setText(page.app().description());
        Parts.visible(description, !page.app().description().isEmpty());
        launch.setDisable(!confined || page.free());
        Parts.visible(launch, ours);
        // A button that does nothing shows no tool-tip.
        notLaunched.setText(
                page.free() ? words.say("page.launch.free") : confined ? "" : words.say("page.launch.first"));
        Parts.visible(notLaunched, ours && launch.isDisabled());
        Parts.explain(launch, launch.isDisabled() ? notLaunched.getText() : words.say("page.launch.hint"));
        unlimitedText.setText(words.say("page.unlimited", page.since()));
        Parts.visible(unlimited, page.open());
        Parts.visible(running, page.running());
        reopenHint.setText("·  " + words.say("page.reopen.hint"));
        Parts.visible(reopenHint, page.outdated());
        Parts.visible(reopen, page.outdated());
        confine.show(page);
        outside.show(page);
        open.show(page);
        once.show(page);
        folders.show(page);
        reach.show(page);
        network.show(page);
        services.show(page);
        refusals.show(page);
        free.show(page);
        beginning.show(page);
        // Others limit the apps that are left alone in ways not known here.
        Parts.visible(open.node(), !confined && ours);
        Parts.visible(folders.node(), confined && ours);
        Parts.visible(reach.node(), confined && ours);
        Parts.visible(network.node(), confined && ours);
        Parts.visible(services.node(), confined && ours);
        Parts.visible(refusals.node(), confined && ours);
        Parts.visible(free.node(), confined && ours);
        Parts.visible(beginning.node(), confined && ours);
    }

    /** Escape was pressed; whether that meant something here. */
    boolean escape() {
        return free.refuse();
    }

    private HBox banner() {
        HBox.setHgrow(bannerText, Priority.ALWAYS);
        bannerText.setMaxWidth(Double.MAX_VALUE);
        HBox made = Parts.row(
                12,
                Parts.icon(Feather.ALERT_CIRCLE, 18),
                bannerText,
                Parts.iconButton("banner-close", Feather.X, words.say("banner.close"), model::dismissBanner));
        made.getStyleClass().add("banner");
        made.setId("banner");
        Parts.visible(made, false);
        return made;
    }

    private Node empty() {
        VBox made = Parts.column(
                8,
                Parts.icon(Feather.SHIELD, 56, "empty-icon"),
                Parts.label(words.say("page.none"), "empty-title"),
                Parts.label(words.say("page.none.hint"), "hint"));
        made.setAlignment(Pos.CENTER);
        made.setId("page-empty");
        return made;
    }
}
