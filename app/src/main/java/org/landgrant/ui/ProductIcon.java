package org.landgrant.ui;

import java.util.List;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Scale;

/** The mark of Landgrant, a gate in a shield, drawn at the sizes window managers ask for. */
final class ProductIcon {
    private static final String SHIELD = "M32 10 L50 16.5 V31 C50 43 42.5 50.5 32 54.5 C21.5 50.5 14 43 14 31 V16.5 Z";
    private static final String GATE = "M25 45 V30 A7 7 0 0 1 39 30 V45 Z";

    private ProductIcon() {}

    /** On the toolkit's thread. */
    static List<Image> sizes() {
        return List.of(draw(16), draw(32), draw(48), draw(128));
    }

    private static Image draw(int size) {
        Rectangle ground = new Rectangle(64, 64);
        ground.setArcWidth(28);
        ground.setArcHeight(28);
        ground.setFill(new LinearGradient(
                0,
                0,
                0,
                1,
                true,
                CycleMethod.NO_CYCLE,
                new Stop(0, Color.web("#3b8df2")),
                new Stop(1, Color.web("#1f5fcf"))));
        SVGPath shield = new SVGPath();
        shield.setContent(SHIELD);
        shield.setFill(Color.WHITE);
        SVGPath gate = new SVGPath();
        gate.setContent(GATE);
        gate.setFill(Color.web("#2a6fdd"));
        Pane all = new Pane(ground, shield, gate);
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setTransform(new Scale(size / 64.0, size / 64.0));
        return all.snapshot(parameters, null);
    }
}
