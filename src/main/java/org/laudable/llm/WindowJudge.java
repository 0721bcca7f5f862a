package org.laudable.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.laudable.Refused;
import org.laudable.database.Sql;

/**
 * The language model's potential φ (ENGINES §2.3): how abnormal a window is in its context, and why. Windows that look
 * the same after rounding share one judgement, for as long as what is normal, the events and the words stay the same. For
 * background work; checks no access. Blocks while it waits; call it outside of a transaction.
 */
@ApplicationScoped
public class WindowJudge {
    private static final String PURPOSE = "window";
    /** Deviations are rounded to halves: finer differences change no judgement, but every key. */
    private static final double STEP = 0.5;
    private static final double FARTHEST = 50;
    private static final int MOST_OUTPUT = 160;
    private static final int LONGEST_REASON = 400;
    private static final int LIKELY_OUTPUT = 40;

    private final ChatCalls chats;
    private final Prompts prompts;
    private final ProviderRepository providers;
    private final Estimates estimates;
    private final ObjectMapper json;
    private final Sql sql;

    WindowJudge(ChatCalls chats, Prompts prompts, ProviderRepository providers, Estimates estimates, ObjectMapper json, Sql sql) {
        this.chats = chats;
        this.estimates = estimates;
        this.prompts = prompts;
        this.providers = providers;
        this.json = json;
        this.sql = sql;
    }

    /**
     * Whose windows they are.
     *
     * @param projectId whose budget pays
     * @param runId     whose cap for language models holds too
     * @param normal    the project's own description of what is normal; may be empty
     */
    public record Task(long modelId, long projectId, OptionalLong runId, String normal) {}

    /** One judgement per window, in their order; as many calls at the same time as the provider allows. */
    public List<Judgement> judge(Task task, List<WindowToJudge> windows) {
        Model model = providers.findModel(task.modelId()).orElseThrow(() -> new Refused("This model does not exist any more."));
        int parallel = providers.find(model.providerId()).orElseThrow().settings().concurrency();
        List<Callable<Judgement>> calls = new ArrayList<>();
        windows.forEach(window -> calls.add(() -> judge(task, window)));
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, Math.min(parallel, calls.size())),
                Thread.ofVirtual().name("judge-", 0).factory())) {
            List<Judgement> said = new ArrayList<>();
            for (Future<Judgement> done : workers.invokeAll(calls)) {
                said.add(done.get());
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a model was being asked", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** The name under which results show whose opinion it is. */
    public String source(long modelId) {
        return providers.findModel(modelId).map(Model::name).orElse("LLM");
    }

    /** What judging so many windows will take, from some that are like them; asks nobody. */
    public Estimate estimate(Task task, List<WindowToJudge> sample, int windows) {
        Prompts.PromptVersion prompt = prompts.builtIn(PURPOSE);
        return estimates.of(sample.stream().map(window -> question(task, prompt, user(window))).toList(), windows, LIKELY_OUTPUT);
    }

    private Judgement judge(Task task, WindowToJudge window) {
        Prompts.PromptVersion prompt = prompts.builtIn(PURPOSE);
        String user = user(window);
        byte[] key = key(task, prompt.id(), user);
        Optional<Judgement> known = QuarkusTransaction.requiringNew().call(() -> sql.first(
                "select severity, reason from llm_window_judgement where key = ?",
                row -> (Judgement) new Judgement.Judged(row.getFloat(1), row.getString(2), true), key));
        return known.orElseGet(() -> ask(task, prompt, user, key));
    }

    private Judgement ask(Task task, Prompts.PromptVersion prompt, String user, byte[] key) {
        ChatReply reply = chats.ask(question(task, prompt, user));
        return switch (reply) {
            case ChatReply.Absent absent -> new Judgement.Missing(absent.reason(), absent.sentence());
            case ChatReply.Answer answer -> {
                double severity = answer.json().path("severity").asDouble(-1);
                String reason = answer.json().path("reason").asText("").strip();
                if (!(severity >= 0 && severity <= 1) || reason.isEmpty()) {
                    yield new Judgement.Missing(Absence.GARBAGE, "The model gave no severity between 0 and 1 with a reason.");
                }
                String kept = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
                QuarkusTransaction.requiringNew().run(() -> sql.update("""
                        insert into llm_window_judgement (key, project_id, model_id, severity, reason) values (?, ?, ?, ?, ?)
                        on conflict (key) do nothing""", key, task.projectId(), task.modelId(), (float) severity, kept));
                yield new Judgement.Judged(severity, kept, false);
            }
        };
    }

    private static ChatQuestion question(Task task, Prompts.PromptVersion prompt, String user) {
        String system = prompt.with(Map.of("normal", task.normal().isBlank() ? "(the team has not described it)" : task.normal().strip()));
        return new ChatQuestion(task.modelId(), OptionalLong.of(task.projectId()), task.runId(), PURPOSE, OptionalLong.of(prompt.id()), system, user,
                schema(), 1, MOST_OUTPUT, false, true);
    }

    /** The window as data: weekday and hour instead of a date, so that like windows of different weeks are the same. */
    private String user(WindowToJudge window) {
        ZonedDateTime at = window.from().atZone(window.zone());
        ObjectNode root = json.createObjectNode();
        root.put("weekday", at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)).put("hour", at.getHour())
                .put("timeZone", window.zone().getId()).put("stepSeconds", window.step().toSeconds());
        ArrayNode channels = root.putArray("channels");
        for (WindowToJudge.ChannelValues channel : window.channels()) {
            ObjectNode node = channels.addObject().put("name", channel.name());
            if (!channel.unit().isBlank()) {
                node.put("unit", channel.unit());
            }
            if (!channel.description().isBlank()) {
                node.put("description", channel.description());
            }
            ArrayNode values = node.putArray("deviations");
            for (double value : channel.deviations()) {
                if (Double.isNaN(value)) {
                    values.addNull();
                } else {
                    values.add(Math.round(Math.clamp(value, -FARTHEST, FARTHEST) / STEP) * STEP);
                }
            }
        }
        window.events().forEach(root.withArray("events")::add);
        window.examples().forEach(root.withArray("examples")::add);
        return root.toString();
    }

    private static byte[] key(Task task, long promptVersion, String user) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {Long.toString(task.projectId()), Long.toString(task.modelId()), Long.toString(promptVersion),
                    task.normal(), user}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonSchema schema() {
        return JsonSchema.builder().name("judgement").rootElement(JsonObjectSchema.builder()
                .addProperty("severity", JsonNumberSchema.builder().build())
                .addProperty("reason", JsonStringSchema.builder().build())
                .required("severity", "reason").additionalProperties(false).build()).build();
    }
}
