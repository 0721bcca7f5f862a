package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.devllm.Fault;

/** The language model's potential against the double: severity, reason, sharing, budget. */
@QuarkusTest
class WindowJudgeTest {
    @Inject WindowJudge judge;
    @Inject LlmFixture llm;
    private DevLlm server;

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WindowJudge.Task task(OptionalLong cap) {
        return new WindowJudge.Task(llm.openAi(server.openAiUrl()).id(), llm.project(cap), OptionalLong.empty(), "CPU load follows office hours.");
    }

    private static WindowToJudge window(double spike, String... events) {
        double[] values = new double[25];
        values[24] = spike;
        return new WindowToJudge(List.of(new WindowToJudge.ChannelValues("cpu", "%", "load of the web server", values)),
                Instant.parse("2026-03-02T10:00:00Z"), Duration.ofMinutes(5), ZoneId.of("Europe/Berlin"), List.of(events), List.of());
    }

    @Test
    void the_same_spike_with_and_without_its_explaining_event_gets_a_different_severity_and_the_reason_says_why() {
        List<Judgement> said = judge.judge(task(OptionalLong.empty()), List.of(window(9), window(9, "spring sale until Tuesday")));

        Judgement.Judged alone = assertInstanceOf(Judgement.Judged.class, said.get(0));
        Judgement.Judged explained = assertInstanceOf(Judgement.Judged.class, said.get(1));
        assertTrue(alone.severity() > .9 && explained.severity() < .3, alone + " " + explained);
        assertTrue(alone.reason().contains("cpu") && explained.reason().contains("spring sale"));
    }

    @Test
    void windows_alike_after_rounding_are_asked_about_once() {
        WindowJudge.Task task = task(OptionalLong.empty());
        judge.judge(task, List.of(window(6.1)));
        int calls = server.books().entries().size();

        Judgement again = judge.judge(task, List.of(window(5.9))).getFirst();

        assertTrue(assertInstanceOf(Judgement.Judged.class, again).known());
        assertEquals(calls, server.books().entries().size());
    }

    @Test
    void no_budget_or_garbage_is_a_missing_judgement_and_never_a_number() {
        assertEquals(Absence.CAP_REACHED, assertInstanceOf(Judgement.Missing.class,
                judge.judge(task(OptionalLong.of(10)), List.of(window(7))).getFirst()).absence());
        server.behave(Behaviour.faulty(1, Fault.CUT_JSON));
        assertEquals(Absence.GARBAGE, assertInstanceOf(Judgement.Missing.class,
                judge.judge(task(OptionalLong.empty()), List.of(window(7))).getFirst()).absence());
    }
}
