package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class BesideTest {
    private final Region icon = region(40, 40);
    private final Region words = region(300, 30);
    private final Region control = region(250, 34);
    private final Beside line = new Beside(icon, words, control);

    private static Region region(double width, double height) {
        Region region = new Region();
        region.setPrefSize(width, height);
        return region;
    }

    private void layOut(double width) {
        line.resize(width, line.prefHeight(width));
        line.layout();
    }

    @Test
    void theControlStandsAtTheRightWhereThereIsRoom() {
        layOut(700);
        assertEquals(40, line.getHeight());
        assertEquals(450, control.getLayoutX());
        assertEquals(56, words.getLayoutX());
        assertEquals(378, words.getWidth());
    }

    @Test
    void theControlGoesBelowTheWordsWhereBothWouldBeCramped() {
        layOut(400);
        assertEquals(40 + 8 + 34, line.getHeight());
        assertTrue(control.getLayoutY() >= 40);
        assertEquals(56, control.getLayoutX());
        assertEquals(344, words.getWidth());
    }

    @Test
    void aWideControlKeepsWithinTheEdgesAsLongAsItCan() {
        layOut(270);
        assertEquals(20, control.getLayoutX());
        assertEquals(270, control.getLayoutX() + control.getWidth());
    }
}
