package org.laudable.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.laudable.engine.text.HeadSettings;
import org.laudable.engine.text.LabelVectors;
import org.laudable.engine.text.OnnxTextEncoder;
import org.laudable.engine.text.PoolSettings;
import org.laudable.engine.text.PromptTemplates;
import org.laudable.engine.text.QueryStrategies;
import org.laudable.engine.text.Start;
import org.laudable.engine.text.TextClass;
import org.laudable.engine.text.TextEncoder;
import org.laudable.engine.text.replay.LabelledTexts;
import org.laudable.engine.text.replay.Replay;
import org.laudable.engine.text.replay.ReplayOracle;
import org.laudable.engine.text.replay.ReplayPlan;
import org.laudable.engine.text.VerificationRule;
import org.laudable.engine.text.replay.ReplayReport;
import org.laudable.engine.text.replay.ReplaySplit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Replays the text loop with a file's labels as the oracle; no server, no database, no network. */
@Command(name = "text", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Run the text loop on a labelled file, with its labels as the answers, and print how accuracy grows.",
            "The result depends on the file, the options and the seeds only."},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
final class ReplayTextCommand implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "CSV, TSV or JSON Lines (.jsonl), UTF-8.")
    Path data;

    @Option(names = "--text", required = true, paramLabel = "COLUMN", description = "Column of the text.")
    String text;

    @Option(names = "--label", required = true, paramLabel = "COLUMN", description = "Column of the true label.")
    String label;

    @Option(names = "--split", paramLabel = "COLUMN", description = "Column of the official split; 'test' is scored, the rest asked.")
    String split;

    @Option(names = "--test-fraction", defaultValue = "0.2", paramLabel = "SHARE",
            description = "Without --split: share of the texts to score, drawn by hash and seed (default: ${DEFAULT-VALUE}).")
    double testFraction;

    @Option(names = "--strategies", split = ",", defaultValue = "influence,margin,random", paramLabel = "NAME",
            description = "Query strategies (default: ${DEFAULT-VALUE}).")
    List<String> strategies;

    @Option(names = "--start", split = ",", defaultValue = "prior", paramLabel = "NAME",
            description = "prior, confirm, or both (default: ${DEFAULT-VALUE}).")
    List<String> starts;

    @Option(names = "--checkpoints", split = ",", defaultValue = "0,50,100,200,400,800", paramLabel = "N",
            description = "Numbers of labels at which to score (default: ${DEFAULT-VALUE}).")
    List<Integer> checkpoints;

    @Option(names = "--seeds", defaultValue = "5", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    int seeds;

    @Option(names = "--batch", defaultValue = "25", paramLabel = "N", description = "Labels per round (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(names = "--confirm-per-class", defaultValue = "2", paramLabel = "N",
            description = "Answers per class the start 'confirm' asks for, within a fifth of the labels (default: ${DEFAULT-VALUE}).")
    int confirmPerClass;

    @Option(names = "--domain", defaultValue = "", paramLabel = "TEXT",
            description = "What a text is, as a project's description would say: \"a bank customer's question about\".")
    String domain;

    @Option(names = "--score-on", defaultValue = "test", paramLabel = "PART",
            description = "test, or dev: a fifth of the training part, for choosing settings (default: ${DEFAULT-VALUE}).")
    String scoreOn;

    @Option(names = "--oracle", defaultValue = "human", paramLabel = "NAME",
            description = "Who answers: human (the file's labels), llm, or hybrid: a language model, verified by the file's labels (default: ${DEFAULT-VALUE}).")
    String oracle;

    @Option(names = "--llm-url", paramLabel = "URL", description = "The language model's address, as for OpenAI's API: http://127.0.0.1:8190/v1.")
    String llmUrl;

    @Option(names = "--llm-model", defaultValue = "dev-llm", paramLabel = "NAME", description = "Its name (default: ${DEFAULT-VALUE}).")
    String llmModel;

    @Option(names = "--llm-key", defaultValue = "none", paramLabel = "KEY", description = "Its key, or the environment's LAUDABLE_LLM_KEY.")
    String llmKey;

    @Option(names = "--llm-error", paramLabel = "R",
            description = "No language model but a judge of known quality: wrong on this share of the texts, always the same ones.")
    Double llmError;

    @Option(names = "--verify-below", defaultValue = "0.8", paramLabel = "P",
            description = "hybrid: people verify answers below this confidence (default: ${DEFAULT-VALUE}).")
    double verifyBelow;

    @Option(names = "--check-share", defaultValue = "0.1", paramLabel = "P",
            description = "hybrid: share people check at random (default: ${DEFAULT-VALUE}).")
    double checkShare;

    @Mixin ForecastTrials forecasts = new ForecastTrials();

    @Option(names = "--no-baselines", description = "Leave out few-shot and everything-labelled, which take a while.")
    boolean noBaselines;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here as JSON, too.")
    Path json;

    @Option(names = "--cache", paramLabel = "DIR", description = "Keep the texts' vectors here for the next replay.")
    Path cache;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LabelledTexts texts = LabelledFile.read(data, text, label, Optional.ofNullable(split), err::println);
        ReplayPlan plan = plan(texts);
        ReplayReport report;
        try (TextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            float[][] vectors = new VectorFile(Optional.ofNullable(cache)).vectors(encoder, texts.texts(), err::println);
            LabelVectors labels = LabelVectors.of(texts.classes().stream().map(TextClass::named).toList(), new PromptTemplates(domain), encoder);
            report = new Replay(texts, vectors, labels, plan, System::nanoTime, err::println, forecasts).run();
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(e.getMessage(), e);
        }
        ReplayTable.print(report, out);
        forecasts.print(out);
        write(report);
        return 0;
    }

    private ReplayPlan plan(LabelledTexts texts) {
        try {
            strategies.forEach(QueryStrategies::named);
            starts.forEach(Start::named);
            Start.confirm(confirmPerClass);
            List<Integer> scored = forecasts.wanted() ? forecasts.checkpoints(batch) : checkpoints;
            return new ReplayPlan(strategies, starts, scored, seeds, batch, testFraction, part(), confirmPerClass,
                    PoolSettings.standard(), HeadSettings.standard().withoutCalibration(), !noBaselines, oracle(texts));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ReplayOracle oracle(LabelledTexts texts) {
        VerificationRule rule = new VerificationRule(verifyBelow, checkShare, 1);
        return switch (oracle) {
            case "human" -> ReplayOracle.HUMAN;
            case "llm", "hybrid" -> new ReplayOracle(oracle, languageModel(texts), rule);
            default -> throw new IllegalArgumentException("--oracle is human, llm or hybrid, not '" + oracle + "'");
        };
    }

    private ReplayOracle.LanguageModel languageModel(LabelledTexts texts) {
        if (llmError != null) {
            return new KnownQuality(texts, llmError);
        }
        if (llmUrl == null) {
            throw new IllegalArgumentException("--oracle " + oracle + " needs --llm-url, or --llm-error for a judge of known quality");
        }
        String key = System.getenv().getOrDefault("LAUDABLE_LLM_KEY", llmKey);
        return new ReplayLanguageModel(llmUrl, key, llmModel, domain, texts.classes());
    }

    private ReplaySplit.Part part() {
        return switch (scoreOn) {
            case "test" -> ReplaySplit.Part.TEST;
            case "dev" -> ReplaySplit.Part.DEV;
            default -> throw new IllegalArgumentException("--score-on is test or dev, not '" + scoreOn + "'");
        };
    }

    private void write(ReplayReport report) {
        if (json == null) {
            return;
        }
        try {
            if (json.toAbsolutePath().getParent() != null) {
                Files.createDirectories(json.toAbsolutePath().getParent());
            }
            new ObjectMapper().registerModule(new Jdk8Module()).enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
        } catch (IOException e) {
            throw new CommandFailed("The figures could not be written to %s: %s".formatted(json, e.getMessage()), e);
        }
    }
}
