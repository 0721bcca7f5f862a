package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.ForbiddenException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.Refused;
import org.laudable.devllm.Behaviour;
import org.laudable.devllm.DevLlm;
import org.laudable.devllm.Fault;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Drafts for people to correct, through the one call path: estimate, budget, record; the audit sample stays out. */
@QuarkusTest
class DraftsTest {
    @Inject Drafts drafts;
    @Inject LlmFixture llm;
    @Inject Sample sample;
    private DevLlm server;
    private User manager;
    private long project;
    private long model;

    @BeforeEach
    void start() throws IOException {
        server = DevLlm.start(0, Behaviour.PERFECT);
        manager = sample.person("manager");
        project = sample.project(manager, "refund", "delivery", "praise");
        model = llm.openAi(server.openAiUrl()).id();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long classId(String name) {
        return sample.number("select id from label_class where project_id = ? and name = ?", project, name);
    }

    private void labeled(String text, String as, String split) {
        long item = sample.items(project, List.of(text)).getFirst();
        sample.execute("update item set split = ? where id = ?", split, item);
        sample.execute("insert into resolution (project_id, item_id, outcome, class_id, origin) values (?, ?, 'LABEL', ?, 'PERSON')", project, item, classId(as));
    }

    @Test
    void descriptions_come_from_labeled_texts_never_from_the_audit_sample_and_nothing_is_saved() {
        labeled("I want my money back", "refund", "POOL");
        labeled("Where is my parcel", "delivery", "POOL");
        labeled("SECRET of the audit sample", "praise", "AUDIT");

        Estimate estimate = ActingAs.person(manager, () -> drafts.estimate(project, model, Drafts.Kind.DESCRIPTIONS));
        List<Drafts.ClassDraft> drafted = ActingAs.person(manager, () -> drafts.descriptions(project, model));

        assertEquals(List.of("refund", "delivery"), drafted.stream().map(Drafts.ClassDraft::name).toList());
        assertEquals("Texts such as: I want my money back", drafted.getFirst().description());
        assertFalse(server.books().entries().getFirst().body().contains("SECRET"));
        long cost = sample.number("select settled_micros from budget where project_id = ?", project);
        assertEquals(LlmFixtureCosts.of(server.books().entries().getFirst()), cost);
        assertTrue(cost <= estimate.mostMicros() && estimate.calls() == 1, estimate + " " + cost);
        assertEquals(1, sample.number("select count(*) from llm_call where project_id = ? and purpose = 'describe' and outcome = 'ANSWERED'", project));
        assertEquals(0, sample.number("select count(*) from label_class where project_id = ? and description like 'Texts such%'", project));
    }

    @Test
    void guidelines_are_drafted_from_what_people_and_a_model_called_differently() {
        long item = sample.items(project, List.of("Late, and I want my money back")).getFirst();
        long task = sample.number("insert into task (project_id, item_id, purpose, priority, reason, slots, free_slots) values (?, ?, 'TRAIN', 1, '', 1, 0) returning id", project, item);
        sample.execute("""
                insert into annotation (client_id, task_id, item_id, project_id, account_id, revision, kind, class_id, suggestion_class_id, answered_at)
                values (gen_random_uuid(), ?, ?, ?, ?, 1, 'LABEL', ?, ?, now())""", task, item, project, manager.id(), classId("refund"), classId("delivery"));

        Drafts.GuidelineDraft draft = ActingAs.person(manager, () -> drafts.guideline(project, model));

        assertEquals(1, draft.cases());
        assertTrue(draft.markdown().contains("Late, and I want my money back") && draft.markdown().contains("delivery"), draft.markdown());
        assertEquals(0, sample.number("select count(*) from guideline where project_id = ?", project));
    }

    @Test
    void nothing_to_draft_from_no_budget_or_garbage_is_a_sentence_and_only_managers_may() {
        assertTrue(assertThrows(Refused.class, () -> ActingAs.person(manager, () -> drafts.descriptions(project, model))).getMessage().contains("labeled"));
        assertTrue(assertThrows(Refused.class, () -> ActingAs.person(manager, () -> drafts.guideline(project, model))).getMessage().contains("disagreed"));
        labeled("I want my money back", "refund", "POOL");
        server.behave(Behaviour.faulty(1, Fault.CUT_JSON));
        assertThrows(Refused.class, () -> ActingAs.person(manager, () -> drafts.descriptions(project, model)));
        sample.execute("update project set cap_micros = (select settled_micros + 1 from budget where project_id = project.id) where id = ?", project);
        assertTrue(assertThrows(Refused.class, () -> ActingAs.person(manager, () -> drafts.descriptions(project, model))).getMessage().contains("budget"));
        assertThrows(ForbiddenException.class, () -> ActingAs.person(sample.person("stranger"), () -> drafts.descriptions(project, model)));
    }
}
