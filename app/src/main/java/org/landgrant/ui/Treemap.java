package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a rectangle among weights, in pieces as square as can be.
 *
 * <p>Source: Bruls, Huizing, van Wijk, “Squarified Treemaps”, 2000.
 */
final class Treemap {
    private Treemap() {}

    record Piece(double x, double y, double width, double height) {}

    /**
     * The pieces, one for each weight, in the same order.
     *
     * @param weights positive, the greatest first
     */
    static List<Piece> divide(List<Double> weights, Piece whole) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        double scale = sum > 0 ? whole.width() * whole.height() / sum : 0;
        List<Piece> pieces = new ArrayList<>();
        Piece rest = whole;
        int from = 0;
        while (from < weights.size()) {
            double side = Math.max(1e-6, Math.min(rest.width(), rest.height()));
            int to = from + 1;
            while (to < weights.size()
                    && worst(weights.subList(from, to + 1), scale, side)
                            <= worst(weights.subList(from, to), scale, side)) {
                to++;
            }
            rest = row(weights.subList(from, to), scale, rest, pieces);
            from = to;
        }
        return pieces;
    }

    /** Lays a row along the shorter side; what is left. */
    private static Piece row(List<Double> weights, double scale, Piece rest, List<Piece> pieces) {
        double area = weights.stream().mapToDouble(Double::doubleValue).sum() * scale;
        boolean upright = rest.width() >= rest.height();
        double side = upright ? rest.height() : rest.width();
        double thick = side > 0 ? area / side : 0;
        double at = 0;
        for (double weight : weights) {
            double length = thick > 0 ? weight * scale / thick : 0;
            pieces.add(
                    upright
                            ? new Piece(rest.x(), rest.y() + at, thick, length)
                            : new Piece(rest.x() + at, rest.y(), length, thick));
            at += length;
        }
        return upright
                ? new Piece(rest.x() + thick, rest.y(), Math.max(0, rest.width() - thick), rest.height())
                : new Piece(rest.x(), rest.y() + thick, rest.width(), Math.max(0, rest.height() - thick));
    }

    /** The worst proportion of a row; 1 is a square. */
    private static double worst(List<Double> weights, double scale, double side) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum() * scale;
        double least = weights.getLast() * scale;
        double most = weights.getFirst() * scale;
        return Math.max(side * side * most / (sum * sum), sum * sum / (side * side * least));
    }
}
