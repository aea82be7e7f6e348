package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.util.Duration;

/** Bars of what was refused, and on top of it what was allowed. Two shapes, however many bars there are. */
final class BarsView extends Region {
    private static final double HEIGHT = 72;
    /** For the labels, at the usual size of text. */
    private static final double LABELS = 18;

    private static final double WIDEST = 36;

    private final Path refused = new Path();
    private final Path allowed = new Path();
    private final Region ground = new Region();
    private final Tooltip tooltip = new Tooltip();
    private final List<Label> labels = new ArrayList<>();
    private List<ActivityPage.Bar> bars = List.of();

    BarsView() {
        setId("activity-bars");
        getStyleClass().add("bars");
        refused.getStyleClass().add("bar-refused");
        allowed.getStyleClass().add("bar-allowed");
        ground.getStyleClass().add("bar-ground");
        for (Path path : List.of(refused, allowed)) {
            path.setManaged(false);
            path.setMouseTransparent(true);
        }
        ground.setManaged(false);
        getChildren().addAll(ground, refused, allowed);
        setMinHeight(Region.USE_PREF_SIZE);
        tooltip.setShowDelay(Duration.millis(200));
        Tooltip.install(this, tooltip);
        setOnMouseMoved(event -> explain(event.getX()));
    }

    void show(List<ActivityPage.Bar> now) {
        if (now.equals(bars)) {
            return;
        }
        bars = now;
        getChildren().removeAll(labels);
        labels.clear();
        for (ActivityPage.Bar bar : bars) {
            Label label = Parts.label(bar.label(), "bar-label");
            label.setManaged(false);
            label.setVisible(!bar.label().isEmpty());
            labels.add(label);
        }
        getChildren().addAll(labels);
        explain(0);
        requestLayout();
    }

    @Override
    protected double computePrefHeight(double width) {
        return HEIGHT + Theme.scaled(LABELS);
    }

    @Override
    protected void layoutChildren() {
        double below = Theme.scaled(LABELS);
        refused.getElements().clear();
        allowed.getElements().clear();
        ground.resizeRelocate(0, HEIGHT, getWidth(), 1);
        if (bars.isEmpty()) {
            return;
        }
        double step = getWidth() / bars.size();
        double width = Math.min(WIDEST, Math.max(2, step * 0.6));
        int most = bars.stream()
                .mapToInt(bar -> bar.refused() + bar.allowed())
                .max()
                .orElse(0);
        for (int at = 0; at < bars.size(); at++) {
            ActivityPage.Bar bar = bars.get(at);
            double left = Math.round(at * step + (step - width) / 2);
            double middle = HEIGHT - height(bar.refused(), most);
            add(refused, left, middle, width, HEIGHT);
            add(allowed, left, middle - height(bar.allowed(), most), width, middle);
            Label label = labels.get(at);
            if (label.isVisible()) {
                double wide = label.prefWidth(-1);
                double x = Math.clamp(at * step + (step - wide) / 2, 0, Math.max(0, getWidth() - wide));
                label.resize(wide, below);
                positionInArea(label, x, HEIGHT + 2, wide, below, 0, HPos.LEFT, VPos.CENTER);
            }
        }
    }

    /** What happened at all can be seen. */
    private static double height(int number, int most) {
        return number == 0 ? 0 : Math.max(3, Math.round((HEIGHT - 4) * number / most));
    }

    private static void add(Path path, double left, double top, double width, double bottom) {
        if (bottom - top >= 1) {
            path.getElements()
                    .addAll(
                            new MoveTo(left, top),
                            new LineTo(left + width, top),
                            new LineTo(left + width, bottom),
                            new LineTo(left, bottom),
                            new ClosePath());
        }
    }

    private void explain(double x) {
        if (!bars.isEmpty() && getWidth() > 0) {
            int at = Math.clamp((int) (x / getWidth() * bars.size()), 0, bars.size() - 1);
            tooltip.setText(bars.get(at).spoken());
        }
    }
}
