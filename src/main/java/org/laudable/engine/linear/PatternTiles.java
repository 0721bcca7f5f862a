package org.laudable.engine.linear;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of a matrix in tiles, so that one pattern is compared with many rows at a time: says of each tile whether it may
 * hold a row that is near enough, and only then each row's dot product. Immutable.
 */
public final class PatternTiles {

    private static final VectorSpecies<Float> SPECIES = MatrixProduct.SPECIES;
    private static final int LANES = SPECIES.length();
    /** Rows of a tile. */
    public static final int TILE = 4 * LANES;
    /** More than what single precision loses of a sum of squares. */
    private static final double ROUNDING = 1e-6;

    private final int width;
    private final int tiles;
    /** [tile][column][row of the tile] */
    private final float[] data;
    /** ‖row‖²; infinite where a tile has no row. */
    private final float[] squares;
    private final double largest;

    public PatternTiles(FloatMatrix rows, double[] squares) {
        this.width = rows.cols();
        this.tiles = (rows.rows() + TILE - 1) / TILE;
        this.data = new float[tiles * TILE * width];
        this.squares = new float[tiles * TILE];
        Arrays.fill(this.squares, Float.POSITIVE_INFINITY);
        for (int i = 0; i < rows.rows(); i++) {
            this.squares[i] = (float) squares[i];
            for (int j = 0; j < width; j++) {
                data[(i / TILE * width + j) * TILE + i % TILE] = rows.get(i, j);
            }
        }
        this.largest = Arrays.stream(squares).max().orElse(0);
    }

    public int tiles() {
        return tiles;
    }

    /**
     * Whether a row of the tile may be nearer than a limit; a row that is, is never missed.
     *
     * @param own   ‖pattern‖²
     * @param limit squared distance
     * @param dots  if so, takes the dot products of the tile's rows, summed in the order of the columns
     */
    public boolean near(int tile, float[] pattern, double own, double limit, float[] dots) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int at = tile * TILE * width;
        for (int j = 0; j < width; j++, at += TILE) {
            FloatVector v = FloatVector.broadcast(SPECIES, pattern[j]);
            a = v.fma(FloatVector.fromArray(SPECIES, data, at), a);
            b = v.fma(FloatVector.fromArray(SPECIES, data, at + LANES), b);
            c = v.fma(FloatVector.fromArray(SPECIES, data, at + 2 * LANES), c);
            d = v.fma(FloatVector.fromArray(SPECIES, data, at + 3 * LANES), d);
        }
        int s = tile * TILE;
        FloatVector least = rest(s, a).min(rest(s + LANES, b)).min(rest(s + 2 * LANES, c)).min(rest(s + 3 * LANES, d));
        if (!least.compare(VectorOperators.LT, (float) (limit - own + ROUNDING * (own + largest))).anyTrue()) {
            return false;
        }
        a.intoArray(dots, 0);
        b.intoArray(dots, LANES);
        c.intoArray(dots, 2 * LANES);
        d.intoArray(dots, 3 * LANES);
        return true;
    }

    /** The squared distance but for the pattern's own square. */
    private FloatVector rest(int row, FloatVector dot) {
        return FloatVector.fromArray(SPECIES, squares, row).sub(dot.add(dot));
    }
}
