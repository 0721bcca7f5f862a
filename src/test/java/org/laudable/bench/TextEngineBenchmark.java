package org.laudable.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.laudable.engine.graph.NeighbourGraph;
import org.laudable.engine.linear.FloatMatrix;
import org.laudable.engine.text.CandidatePool;
import org.laudable.engine.text.EmbeddedHead;
import org.laudable.engine.text.HeadSettings;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.PoolSettings;
import org.laudable.engine.text.QueryContext;
import org.laudable.engine.text.QueryStrategies;
import org.laudable.engine.text.TaskModel;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TrainingLabels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a pool's graph and the parts of a round take, by the size of the pool; made-up vectors around 50 topics. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
public class TextEngineBenchmark {

    private static final int DIMENSION = 384;
    private static final int TOPICS = 50;

    @Param({"10000", "100000"}) public int size;
    @Param("400") public int labels;

    private FloatMatrix rows;
    private CandidatePool pool;
    private TrainingLabels answers;
    private TaskModel model;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] topics = new float[TOPICS][DIMENSION];
        for (float[] topic : topics) {
            for (int j = 0; j < DIMENSION; j++) {
                topic[j] = (float) random.nextGaussian();
            }
        }
        float[][] vectors = new float[size][DIMENSION];
        List<String> texts = new ArrayList<>(size);
        TreeMap<Integer, Integer> known = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            int topic = random.nextInt(TOPICS);
            for (int j = 0; j < DIMENSION; j++) {
                vectors[i][j] = topics[topic][j] + (float) random.nextGaussian();
            }
            texts.add("topic" + topic + " word" + random.nextInt(5_000) + " word" + random.nextInt(5_000) + " item " + i);
            if (i < labels) {
                known.put(i, topic);
            }
        }
        rows = FloatMatrix.of(vectors).centerAndNormalize(new float[DIMENSION]);
        List<TextClass> classes = IntStream.range(0, TOPICS).mapToObj(t -> TextClass.named("topic" + t)).toList();
        pool = CandidatePool.build(texts, vectors, new LabelVectors(classes, FloatMatrix.of(topics).centerAndNormalize(new float[DIMENSION])),
                PoolSettings.standard());
        answers = TrainingLabels.of(known);
        model = train();
    }

    @Benchmark
    public NeighbourGraph graph() {
        return NeighbourGraph.of(rows, 15, 6, 0);
    }

    @Benchmark
    public TaskModel train() {
        return new EmbeddedHead(HeadSettings.standard().withoutCalibration()).train(pool, answers, 0);
    }

    @Benchmark
    public TaskModel trainCalibrated() {
        return EmbeddedHead.standard().train(pool, answers, 0);
    }

    @Benchmark
    public int[] influence() {
        return QueryStrategies.named("influence").select(QueryContext.of(pool, model.poolScores(), answers, 0), 25);
    }
}
