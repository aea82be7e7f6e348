package org.landgrant.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.landgrant.prompts.OneLine;
import org.landgrant.ui.HomeScan.Folder;
import org.landgrant.ui.ReachRules.At;

/**
 * The home folder in tiles, bigger where more lies, and what an app can do with each.
 *
 * @param tiles the greatest first
 * @param seen how much of all bytes that are not its own the app can see, from 0 to 1
 * @param changed how much of them it can change
 */
record ReachPicture(List<Tile> tiles, double seen, double changed) {
    private static final int MOST_TILES = 48;
    private static final int MOST_INSIDE = 12;
    private static final int NAME = 40;

    /** A folder, or a part of one where rules divide it. */
    record Tile(String name, String path, double weight, At at, List<Tile> inside) {}

    static ReachPicture of(HomeScan.Folder home, ReachRules rules) {
        List<Tile> tiles = new ArrayList<>();
        for (Folder folder : greatest(home, MOST_TILES)) {
            tiles.add(tile(folder, rules));
        }
        if (home.ownBytes() > 0) {
            tiles.add(new Tile("", home.path(), weight(home.ownBytes()), rules.at(home.path()), List.of()));
        }
        tiles.sort(Comparator.comparingDouble(Tile::weight).reversed());
        double all = Math.max(1, home.bytes() - sum(home, rules, At.OWN));
        return new ReachPicture(
                List.copyOf(tiles),
                sum(home, rules, At.SEEN) / all + sum(home, rules, At.CHANGED) / all,
                sum(home, rules, At.CHANGED) / all);
    }

    private static Tile tile(Folder folder, ReachRules rules) {
        List<Tile> inside = new ArrayList<>();
        if (rules.divided(folder.path())) {
            for (Folder one : greatest(folder, MOST_INSIDE)) {
                inside.add(new Tile(name(one), one.path(), weight(one.bytes()), rules.at(one.path()), List.of()));
            }
            if (folder.ownBytes() > 0 || inside.isEmpty()) {
                inside.add(new Tile("", folder.path(), weight(folder.ownBytes()), rules.at(folder.path()), List.of()));
            }
            inside.sort(Comparator.comparingDouble(Tile::weight).reversed());
        }
        return new Tile(
                name(folder),
                folder.path(),
                weight(folder.bytes()),
                rules.at(folder.path()),
                inside.size() > 1 ? List.copyOf(inside) : List.of());
    }

    private static List<Folder> greatest(Folder folder, int most) {
        return StreamSupport.stream(folder.inside().spliterator(), false)
                .sorted(Comparator.comparingLong(Folder::bytes).reversed())
                .limit(most)
                .toList();
    }

    /** Small folders stay visible beside great ones. */
    private static double weight(long bytes) {
        return Math.sqrt((double) bytes) + 1;
    }

    private static String name(Folder folder) {
        return OneLine.clean(folder.name(), NAME);
    }

    private static double sum(Folder folder, ReachRules rules, At at) {
        double own = rules.at(folder.path()) == at ? folder.ownBytes() : 0;
        for (Folder one : folder.inside()) {
            own += sum(one, rules, at);
        }
        return own;
    }
}
