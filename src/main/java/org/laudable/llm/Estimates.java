package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.laudable.Refused;
import org.laudable.database.Sql;

/**
 * Estimates calls, tokens and cost from a sample of the texts; calls nobody. For services; checks no access. Tokens per
 * item are those of earlier calls for the same project and model where there are some.
 */
@ApplicationScoped
public class Estimates {
    /** So many texts stand for all. */
    public static final int SAMPLE = 20;
    private static final double BYTES_PER_TOKEN = 3.7;
    private static final int ENOUGH_CALLS = 3;
    private static final int TOKENS_PER_ANSWER = 16;

    private final TextClassifier classifier;
    private final ProviderRepository providers;
    private final ChatModels models;
    private final CallRepository calls;
    private final Sql sql;

    Estimates(TextClassifier classifier, ProviderRepository providers, ChatModels models, CallRepository calls, Sql sql) {
        this.classifier = classifier;
        this.providers = providers;
        this.models = models;
        this.calls = calls;
        this.sql = sql;
    }

    private record PerItem(double input, double output, boolean measured) {}

    /**
     * @param sample texts of the kind that will be asked about, about {@link #SAMPLE}
     * @param items  how many will be asked about
     * @throws Refused if the model cannot be called, or there is no rate into the project's currency
     */
    @Transactional
    public Estimate of(Classification task, List<TextToClassify> sample, Demonstration.Source examples, int items) {
        if (sample.isEmpty()) {
            throw new Refused("There are no texts to estimate from yet.");
        }
        List<List<TextToClassify>> batches = new ArrayList<>();
        for (int from = 0; from < sample.size(); from += task.batchSize()) {
            batches.add(sample.subList(from, Math.min(sample.size(), from + task.batchSize())));
        }
        List<ChatQuestion> questions = new ArrayList<>();
        try (ChatModels.Lease lease = models.borrow(task.modelId())) {
            for (List<TextToClassify> batch : batches) {
                questions.add(classifier.question(task, batch, examples.forTexts(batch), lease.model().settings().abilities().logprobs()));
            }
        }
        return of(questions, sample.size(), items, (items + task.batchSize() - 1) / task.batchSize(), TOKENS_PER_ANSWER, measured(task), task.runId());
    }

    /**
     * What asking so many questions will take, each about one thing.
     *
     * @param sample       some of the kind, to one model and for one project
     * @param likelyOutput tokens of an answer, while none was counted
     */
    @Transactional
    Estimate of(List<ChatQuestion> sample, int questions, int likelyOutput) {
        ChatQuestion first = sample.getFirst();
        return of(sample, sample.size(), questions, questions, likelyOutput, measured(first.projectId(), first.modelId(), first.purpose(), 1), first.runId());
    }

    private Estimate of(List<ChatQuestion> sample, int sampled, int items, int number, int likelyOutput, Optional<PerItem> counted, OptionalLong runId) {
        ChatQuestion task = sample.getFirst();
        try (ChatModels.Lease lease = models.borrow(task.modelId())) {
            Prices prices = lease.model().settings().prices();
            String from = lease.provider().settings().currency();
            String to = task.projectId().isEmpty() ? from : calls.projectCurrency(task.projectId().getAsLong()).orElse(from);
            ExchangeRate rate = from.equals(to) ? ExchangeRate.same(from, calls.month()) : providers.rate(from, to)
                    .orElseThrow(() -> new Refused("There is no rate from " + from + " to " + to + ". An administrator can set it under Providers."));
            long most = 0;
            double bytes = 0;
            for (ChatQuestion question : sample) {
                Sent sent = Sent.of(lease, question);
                most += sent.mostMicros();
                bytes += sent.bytes();
            }
            PerItem tokens = counted.orElse(new PerItem(bytes / BYTES_PER_TOKEN / sampled, likelyOutput, false));
            long input = Math.round(tokens.input() * items);
            long output = Math.round(tokens.output() * items);
            long likely = (long) Math.ceil((input * (double) prices.inputMicros() + output * (double) prices.outputMicros()) / 1e6);
            long upper = Math.round(most * (double) items / sampled);
            return new Estimate(items, number, input, output, rate.convert(likely), rate.convert(upper), to, tokens.measured(),
                    caps(task.projectId(), runId, lease.provider()));
        }
    }

    private Optional<PerItem> measured(Classification task) {
        return measured(task.projectId(), task.modelId(), task.purpose(), Math.max(1, task.batchSize() / 2));
    }

    private Optional<PerItem> measured(OptionalLong project, long modelId, String purpose, int least) {
        return sql.first("""
                select sum(input_tokens)::float8 / sum(items), sum(output_tokens)::float8 / sum(items), count(*) from (
                  select input_tokens, output_tokens, items from llm_call where project_id = ?::bigint and model_id = ? and (purpose = ? or ? and purpose in ('classify', 'prompt-trial'))
                    and outcome in ('ANSWERED', 'PARTIAL') and not cache_hit and input_tokens > 0 and items >= ?
                  order by id desc limit 100) c""",
                row -> new PerItem(row.getDouble(1), row.getDouble(2), row.getLong(3) >= ENOUGH_CALLS),
                project.isPresent() ? project.getAsLong() : null, modelId, purpose,
                purpose.equals("prompt-trial") || purpose.equals("classify"), least).filter(PerItem::measured);
    }

    private List<Estimate.Cap> caps(OptionalLong project, OptionalLong runId, Provider provider) {
        List<Estimate.Cap> caps = new ArrayList<>();
        if (project.isPresent()) {
            sql.first("""
                    select p.cap_micros - coalesce(b.settled_micros + b.reserved_micros, 0), p.currency from project p
                    left join budget b on b.project_id = p.id where p.id = ? and p.cap_micros is not null""",
                    row -> new Estimate.Cap(Estimate.Kind.PROJECT, Math.max(0, row.getLong(1)), row.getString(2)), project.getAsLong())
                    .ifPresent(caps::add);
        }
        runId.stream().boxed().findFirst().flatMap(run -> sql.first("""
                select b.cap_micros - b.settled_micros - b.reserved_micros, p.currency from llm_run_budget b join run r on r.id = b.run_id
                join project p on p.id = r.project_id where b.run_id = ? and b.cap_micros is not null""",
                row -> new Estimate.Cap(Estimate.Kind.RUN, Math.max(0, row.getLong(1)), row.getString(2)), run)).ifPresent(caps::add);
        OptionalLong monthCap = provider.settings().monthCapMicros();
        if (monthCap.isPresent()) {
            long spent = sql.number("""
                    select settled_micros + reserved_micros from llm_provider_month
                    where provider_id = ? and month = date_trunc('month', now() at time zone 'UTC')::date""", provider.id());
            caps.add(new Estimate.Cap(Estimate.Kind.PROVIDER_MONTH, Math.max(0, monthCap.getAsLong() - spent), provider.settings().currency()));
        }
        return caps;
    }
}
