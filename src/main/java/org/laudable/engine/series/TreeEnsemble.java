package org.laudable.engine.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.ExtraTreesTrainer;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Extremely randomised trees (Geurts et al., 2006), grown by Tribuo and kept as flat arrays: scoring a series and saving
 * need nothing of the library.
 */
final class TreeEnsemble {

    /** The library tells of each tree it grows; kept here, for a logger nobody holds is forgotten with its level. */
    private static final Logger LIBRARY = Logger.getLogger("org.tribuo");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    private static final String ANOMALY = "1";
    private static final String NORMAL = "0";

    /** One tree: node i tests a feature (-1: a leaf) against a number; left if not greater. */
    private record Tree(int[] feature, double[] number, int[] left, int[] right) {
    }

    private final List<Tree> trees;

    private TreeEnsemble(List<Tree> trees) {
        this.trees = trees;
    }

    /**
     * Grows trees on weighted rows of two classes.
     *
     * @param leaf smallest weight of a leaf
     */
    static TreeEnsemble grow(float[][] rows, boolean[] anomalous, float[] weights, int trees, float leaf, long seed) {
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("answers", factory), factory);
        int columns = rows[0].length;
        String[] names = new String[columns];
        for (int j = 0; j < columns; j++) {
            names[j] = "f%05d".formatted(j);
        }
        for (int i = 0; i < rows.length; i++) {
            double[] values = new double[columns];
            for (int j = 0; j < columns; j++) {
                values[j] = rows[i][j];
            }
            ArrayExample<Label> example = new ArrayExample<>(new Label(anomalous[i] ? ANOMALY : NORMAL), names, values);
            example.setWeight(weights[i]);
            data.add(example);
        }
        float share = (float) (Math.sqrt(columns) / columns);
        CARTClassificationTrainer tree = new CARTClassificationTrainer(Integer.MAX_VALUE, leaf, 0f, share, true, new GiniIndex(), seed);
        WeightedEnsembleModel<Label> model = (WeightedEnsembleModel<Label>)
                new ExtraTreesTrainer<>(tree, new VotingCombiner(), trees, seed).train(data);
        List<Tree> grown = new ArrayList<>();
        for (Model<Label> one : model.getModels()) {
            TreeModel<Label> grownTree = (TreeModel<Label>) one;
            int[] column = new int[grownTree.getFeatureIDMap().size()];
            for (int id = 0; id < column.length; id++) {
                column[id] = Integer.parseInt(grownTree.getFeatureIDMap().get(id).getName().substring(1));
            }
            grown.add(flat(grownTree.getRoot(), column));
        }
        return new TreeEnsemble(grown);
    }

    /** The mean share of anomalies in the leaves that a row ends in. */
    double probability(float[] row) {
        double sum = 0;
        for (Tree tree : trees) {
            int at = 0;
            while (tree.feature()[at] >= 0) {
                at = row[tree.feature()[at]] > tree.number()[at] ? tree.right()[at] : tree.left()[at];
            }
            sum += tree.number()[at];
        }
        return sum / trees.size();
    }

    private static Tree flat(Node<Label> root, int[] column) {
        List<Node<Label>> nodes = new ArrayList<>(List.of(root));
        List<int[]> links = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof SplitNode<Label> split) {
                links.add(new int[] {nodes.size(), nodes.size() + 1});
                nodes.add(split.getLessThanOrEqual());
                nodes.add(split.getGreaterThan());
            } else {
                links.add(new int[2]);
            }
        }
        int n = nodes.size();
        Tree tree = new Tree(new int[n], new double[n], new int[n], new int[n]);
        for (int i = 0; i < n; i++) {
            if (nodes.get(i) instanceof SplitNode<Label> split) {
                tree.feature()[i] = column[split.getFeatureID()];
                tree.number()[i] = split.splitValue();
            } else {
                Label anomaly = ((LeafNode<Label>) nodes.get(i)).getDistribution().get(ANOMALY);
                tree.feature()[i] = -1;
                tree.number()[i] = anomaly == null ? 0 : anomaly.getScore();
            }
            tree.left()[i] = links.get(i)[0];
            tree.right()[i] = links.get(i)[1];
        }
        return tree;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(trees.size());
        for (Tree tree : trees) {
            out.writeInt(tree.feature().length);
            for (int i = 0; i < tree.feature().length; i++) {
                out.writeInt(tree.feature()[i]);
                out.writeDouble(tree.number()[i]);
                out.writeInt(tree.left()[i]);
                out.writeInt(tree.right()[i]);
            }
        }
    }

    static TreeEnsemble read(DataInput in) throws IOException {
        List<Tree> trees = new ArrayList<>();
        for (int k = in.readInt(); k > 0; k--) {
            int n = in.readInt();
            Tree tree = new Tree(new int[n], new double[n], new int[n], new int[n]);
            for (int i = 0; i < n; i++) {
                tree.feature()[i] = in.readInt();
                tree.number()[i] = in.readDouble();
                tree.left()[i] = in.readInt();
                tree.right()[i] = in.readInt();
            }
            trees.add(tree);
        }
        return new TreeEnsemble(trees);
    }
}
