package org.landgrant.ui;

import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/**
 * A line of a page: an icon, words, and what is chosen at the right of them; below them where there is too little room
 * for both, as with large text on small screens.
 */
final class Beside extends Pane {
    private static final double GAP = 16;
    private static final double BELOW = 8;

    /** So much of the words has to fit beside the control, at the usual size of text. */
    private static final double LEAST = 190;

    private final Region icon;
    private final Region words;
    private final Region control;

    Beside(Region icon, Region words, Region control) {
        this.icon = icon;
        this.words = words;
        this.control = control;
        getChildren().setAll(icon, words, control);
    }

    /** A line without an icon. */
    Beside(Region words, Region control) {
        this(new Region(), words, control);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return edges() + Math.max(start(), control.minWidth(-1));
    }

    @Override
    protected double computePrefWidth(double height) {
        return edges() + start() + words.prefWidth(-1) + GAP + control.prefWidth(-1);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double inner = (width < 0 ? prefWidth(-1) : width) - edges();
        double upper = Math.max(icon.prefHeight(-1), words.prefHeight(wordsWidth(inner)));
        double lower = control.prefHeight(-1);
        double held = fits(inner) ? Math.max(upper, lower) : upper + BELOW + lower;
        return snappedTopInset() + held + snappedBottomInset();
    }

    @Override
    protected void layoutChildren() {
        double inner = getWidth() - edges();
        double top = snappedTopInset();
        double height = getHeight() - top - snappedBottomInset();
        double beside = control.prefWidth(-1);
        double lower = control.prefHeight(-1);
        boolean fits = fits(inner);
        double upper = fits ? height : height - BELOW - lower;
        double left = snappedLeftInset();
        place(icon, left, top, icon.prefWidth(-1), upper);
        place(words, left + start(), top, wordsWidth(inner), upper);
        double right = left + inner - beside;
        place(
                control,
                fits ? right : Math.max(left, Math.min(left + start(), right)),
                fits ? top : top + upper + BELOW,
                beside,
                fits ? height : lower);
    }

    private void place(Node node, double x, double y, double width, double height) {
        Region region = (Region) node;
        double own = Math.min(height, region.prefHeight(width));
        region.resize(snapSizeX(width), snapSizeY(own));
        positionInArea(region, x, y, width, height, 0, javafx.geometry.HPos.LEFT, VPos.CENTER);
    }

    private double edges() {
        return snappedLeftInset() + snappedRightInset();
    }

    /** Where the words begin. */
    private double start() {
        double wide = icon.prefWidth(-1);
        return wide > 0 ? wide + GAP : 0;
    }

    private boolean fits(double inner) {
        return inner - start() - GAP - control.prefWidth(-1) >= Theme.scaled(LEAST);
    }

    private double wordsWidth(double inner) {
        double room = inner - start();
        return Math.max(0, fits(inner) ? room - GAP - control.prefWidth(-1) : room);
    }
}
