package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ReachPicture.Tile;
import org.landgrant.ui.Treemap.Piece;

/** A {@link ReachPicture}, drawn. */
final class ReachTiles extends Pane {
    private static final double HEIGHT = 260;
    private static final double GAP = 2;

    /** Below this a name would not be read. */
    private static final double NAME_WIDTH = 44;

    private static final double NAME_HEIGHT = 20;

    private final Words words;
    private ReachPicture picture = new ReachPicture(List.of(), 0, 0);

    ReachTiles(Words words) {
        this.words = words;
        setId("reach-tiles");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setMinWidth(0);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        widthProperty().addListener((property, before, now) -> draw());
    }

    void show(ReachPicture shown) {
        if (!shown.equals(picture)) {
            picture = shown;
            draw();
        }
    }

    private void draw() {
        List<Label> drawn = new ArrayList<>();
        if (getWidth() > 0) {
            draw(picture.tiles(), new Piece(0, 0, getWidth(), HEIGHT), drawn);
        }
        getChildren().setAll(drawn);
    }

    private void draw(List<Tile> tiles, Piece whole, List<Label> drawn) {
        List<Piece> pieces = Treemap.divide(tiles.stream().map(Tile::weight).toList(), whole);
        for (int i = 0; i < tiles.size(); i++) {
            Tile tile = tiles.get(i);
            Piece piece = pieces.get(i);
            if (tile.inside().isEmpty()) {
                drawn.add(label(tile, piece));
            } else {
                draw(tile.inside(), piece, drawn);
            }
        }
    }

    private Label label(Tile tile, Piece piece) {
        boolean named = piece.width() >= NAME_WIDTH && piece.height() >= NAME_HEIGHT;
        Label label = new Label(named ? tile.name() : "");
        label.getStyleClass().addAll("reach-tile", "reach-" + tile.at().word());
        label.setMinSize(0, 0);
        label.resizeRelocate(
                snapPositionX(piece.x()),
                snapPositionY(piece.y()),
                Math.max(1, snapSizeX(piece.width()) - GAP),
                Math.max(1, snapSizeY(piece.height()) - GAP));
        label.setPrefSize(label.getWidth(), label.getHeight());
        String what = words.say("picture." + tile.at().word());
        String name = tile.name().isEmpty() ? words.say("picture.files") : tile.name();
        label.setTooltip(new Tooltip(words.say("picture.tile", name, what)));
        return label;
    }
}
