package org.laudable.devllm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.laudable.cli.LabelsInFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The double by hand: {@code ./laudable dev-llm --port N --error-rate 0.1 --latency 200ms --faults 0.2}. */
@Command(name = "laudable dev-llm", mixinStandardHelpOptions = true, sortOptions = false,
        description = "A test double of a language-model provider, on loopback. Keywords, no language model: for trying things out, never for results.",
        footer = {"", "Exit codes: 0 stopped, 1 could not start, 2 the command line is wrong."})
public final class DevLlmCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "8190", paramLabel = "N", description = "Port (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(names = "--error-rate", defaultValue = "0", paramLabel = "R", description = "Share of items answered with a wrong class.")
    double errorRate;

    @Option(names = "--latency", defaultValue = "0ms", paramLabel = "T", description = "Before each answer: 200ms, 2s.")
    String latency;

    @Option(names = "--faults", defaultValue = "0", paramLabel = "R",
            description = "Share of requests that go wrong: refused, 429, 500, cut JSON, wrong class, slow drip.")
    double faults;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Which requests go wrong (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--truth", paramLabel = "FILE", description = "A CSV file with the right labels: its quality is then exactly 1 minus the error rate.")
    Path truth;

    @Option(names = "--text", defaultValue = "text", paramLabel = "COLUMN", description = "The column of the texts in it (default: ${DEFAULT-VALUE}).")
    String text;

    @Option(names = "--label", defaultValue = "label", paramLabel = "COLUMN", description = "The column of the labels (default: ${DEFAULT-VALUE}).")
    String label;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DevLlmCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        EnumSet<Fault> kinds = EnumSet.complementOf(EnumSet.of(Fault.OVERBILL, Fault.BROKEN_CONNECTION));
        try (DevLlm llm = DevLlm.start(port, new Behaviour(errorRate, duration(), faults, kinds, 1, seed))) {
            if (truth != null) {
                Map<String, String> labels = LabelsInFile.read(truth, text, label);
                llm.knows(labels::get);
            }
            System.err.println("A test double of a language-model provider, not a language model. OpenAI: " + llm.openAiUrl()
                    + "  Ollama: " + llm.ollamaUrl() + "  model: dev-llm  (Ctrl-C stops it)");
            System.err.println("Laudable reaches it when started with LAUDABLE_LLM_PRIVATE_ADDRESSES=127.0.0.1/32");
            Thread.currentThread().join();
        }
        return 0;
    }

    private Duration duration() {
        String text = latency.toLowerCase(Locale.ROOT).strip();
        return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
