package org.laudable.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.laudable.engine.text.OnnxTextEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Texts a second: one short text on one thread, and two hundred of them on all cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true"})
public class TextEncoderBenchmark {

    private final List<String> texts = IntStream.range(0, 200).mapToObj(i -> "Cheese, cheddar, sharp, sliced, lot " + i).toList();
    private OnnxTextEncoder encoder;

    @Setup
    public void load() {
        encoder = OnnxTextEncoder.bgeSmall();
    }

    @TearDown
    public void close() {
        encoder.close();
    }

    @Benchmark
    public float[] oneText() {
        return encoder.encode(texts.getFirst());
    }

    @Benchmark
    public float[][] twoHundredTexts() {
        return encoder.encodeAll(texts);
    }
}
