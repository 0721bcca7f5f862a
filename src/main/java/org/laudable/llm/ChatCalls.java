package org.laudable.llm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.laudable.Refused;
import org.laudable.observability.Step;
import org.laudable.observability.Traces;
import org.laudable.llm.ChatReply.Absent;
import org.laudable.llm.ChatReply.Answer;
import org.laudable.llm.client.Exchange;
import org.laudable.llm.client.ProviderGate;

/**
 * The one path every call to a language model takes: cache by content → budget → limits → call with retries and circuit
 * breaker → validation → settlement → record. For services and background work; checks no access. Blocks while it waits;
 * call it outside of a transaction, from as many threads as should be in flight: each holds its reservation.
 */
@ApplicationScoped
public class ChatCalls {
    private static final int TRIES = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);
    private static final long GRACE_SECONDS = 60;
    private static final ObjectReader STRICT_JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final ChatModels models;
    private final CallRepository calls;
    private final Metering metering;
    private final AnswerCache cache;
    private final CallMetrics metrics;
    private final Traces traces;

    ChatCalls(ChatModels models, CallRepository calls, Metering metering, AnswerCache cache, CallMetrics metrics, Traces traces) {
        this.traces = traces;
        this.models = models;
        this.calls = calls;
        this.metering = metering;
        this.cache = cache;
        this.metrics = metrics;
    }

    /** Asks and waits for the answer. Never throws for what a provider, a budget or a network does: that is an absence. */
    public ChatReply ask(ChatQuestion question) {
        if (QuarkusTransaction.isActive()) {
            throw new IllegalStateException("A model is asked outside of a transaction: the wait would hold its locks");
        }
        try (ChatModels.Lease lease = models.borrow(question.modelId())) {
            Sent request = Sent.of(lease, question);
            CallRepository.Intent intent = new CallRepository.Intent(UUID.randomUUID(), 1,
                    new CallRepository.Intent.Lease(lease.provider(), lease.model()), question, request.hash());
            if (question.cacheable()) {
                Optional<Answer> known = cache.find(request.hash(), question.schema());
                if (known.isPresent()) {
                    calls.insertEnded(intent, "CACHED", null, true, 0);
                    metrics.ended(intent, "CACHED");
                    return known.get();
                }
            }
            return tryRepeatedly(lease, request, intent);
        } catch (Refused e) {
            return new Absent(Absence.DISABLED, e.getMessage());
        }
    }

    private ChatReply tryRepeatedly(ChatModels.Lease lease, Sent request, CallRepository.Intent first) {
        Attempt last = null;
        long cost = 0;
        boolean timedOut = false;
        for (int number = 1; number <= TRIES; number++) {
            CallRepository.Intent intent = new CallRepository.Intent(first.requestId(), number, first.lease(), first.question(), first.hash());
            last = attempt(lease, request, intent);
            cost += last.costMicros();
            boolean timeout = last.reply() instanceof Absent absent && absent.reason() == Absence.TIMEOUT;
            if (!last.again() || timeout && timedOut || number == TRIES || !sleep(last, number)) {
                break;
            }
            timedOut |= timeout;
        }
        if (last.reply() instanceof Answer answer) {
            Answer priced = new Answer(answer.json(), answer.text(), answer.tokens(), answer.dropped(), false, cost, answer.latencyMillis());
            if (first.question().cacheable() && answer.dropped().isEmpty()) {
                cache.keep(first.hash(), first.question(), priced);
            }
            return priced;
        }
        return last.reply();
    }

    /**
     * @param again whether the next try may follow
     * @param askedWait what the provider asked for; empty: back off as usual
     */
    private record Attempt(ChatReply reply, boolean again, Optional<Duration> askedWait, long costMicros) {
        static Attempt end(Absence reason, String sentence) {
            return new Attempt(new Absent(reason, sentence), false, Optional.empty(), 0);
        }
    }

    private Attempt attempt(ChatModels.Lease lease, Sent request, CallRepository.Intent intent) {
        if (!lease.breaker().allows()) {
            String sentence = lease.provider().name() + " failed many times in a row and is left alone for a while.";
            calls.insertEnded(intent, Absence.HELD_BACK.name(), sentence, false, 0);
            metrics.ended(intent, Absence.HELD_BACK.name());
            return Attempt.end(Absence.HELD_BACK, sentence);
        }
        long atMost = LONGEST_WAIT.toSeconds() + lease.provider().settings().timeoutSeconds() + GRACE_SECONDS;
        Metering.Reserved reserved;
        try {
            reserved = metering.reserve(intent, request.mostMicros(), atMost);
        } catch (RuntimeException e) {
            lease.breaker().unused();
            throw e;
        }
        if (reserved instanceof Metering.Reserved.Denied denied) {
            lease.breaker().unused();
            calls.insertEnded(intent, denied.reason().name(), denied.sentence(), false, 0);
            metrics.ended(intent, denied.reason().name());
            return Attempt.end(denied.reason(), denied.sentence());
        }
        long callId = ((Metering.Reserved.Granted) reserved).callId();
        Optional<ProviderGate.Permit> permit;
        try {
            permit = lease.gate().acquire(request.likelyTokens(), LONGEST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            permit = Optional.empty();
        }
        if (permit.isEmpty()) {
            lease.breaker().unused();
            String sentence = "The limits of " + lease.provider().name() + " left no room within " + LONGEST_WAIT.toSeconds() + " s.";
            metering.release(callId, new Metering.Ending(Absence.RATE_LIMITED.name(), sentence, 0));
            return Attempt.end(Absence.RATE_LIMITED, sentence);
        }
        try (ProviderGate.Permit held = permit.get()) {
            return call(lease, request, intent, callId, held);
        }
    }

    private Attempt call(ChatModels.Lease lease, Sent request, CallRepository.Intent intent, long callId, ProviderGate.Permit permit) {
        Exchange exchange = new Exchange(Map.of("X-Client-Request-Id", intent.requestId() + "-" + intent.attempt()));
        long start = System.nanoTime();
        Outcome outcome;
        try (Step step = traces.call("language model").with("provider", lease.provider().name()).with("model", lease.model().name())
                .with("purpose", request.question().purpose()).with("call", callId)) {
            outcome = exchange(lease, request, exchange);
            if (outcome.providersFault()) {
                step.failed(outcome.name());
            }
        }
        int latency = (int) Duration.ofNanos(System.nanoTime() - start).toMillis();
        Metering.Ending ending = new Metering.Ending(outcome.name(), outcome.detail(), latency);
        long cost = 0;
        Optional<Usage> usage = ReportedUsage.in(exchange.body());
        if (exchange.status() >= 200 && exchange.status() < 300) {
            cost = usage.isPresent() ? metering.settle(callId, ending, usage.get()) : metering.settleFully(callId, ending, true);
            usage.ifPresent(used -> permit.used(used.total()));
        } else if (exchange.status() == 0 && exchange.wasSent()) {
            cost = metering.settleFully(callId, ending, true);
        } else {
            metering.release(callId, ending);
        }
        metrics.made(intent, outcome.name(), latency, usage, cost);
        if (outcome.providersFault()) {
            lease.breaker().failed();
        } else {
            lease.breaker().worked();
        }
        exchange.retryAfter().filter(wait -> exchange.status() == 429 && wait.compareTo(LONGEST_RETRY_AFTER) <= 0)
                .ifPresent(lease.gate()::pause);
        boolean again = outcome.again() && exchange.retryAfter().orElse(Duration.ZERO).compareTo(LONGEST_RETRY_AFTER) <= 0;
        return new Attempt(outcome.reply(latency), again, exchange.retryAfter(), cost);
    }

    private static Outcome exchange(ChatModels.Lease lease, Sent request, Exchange exchange) {
        try {
            var response = ScopedValue.where(Exchange.CURRENT, exchange).call(() -> lease.chat().chat(request.chat()));
            return Outcome.ofAnswer(response, request.question().schema(), STRICT_JSON);
        } catch (RuntimeException e) {
            return Outcome.ofFailure(e, exchange, lease);
        }
    }

    /** Waits before the next try: as long as the provider asked, else 0.25 s doubled each time, with jitter. False: interrupted. */
    private static boolean sleep(Attempt attempt, int number) {
        long millis = attempt.askedWait().map(Duration::toMillis).orElseGet(() -> {
            long most = 250L << (number - 1);
            return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        });
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
