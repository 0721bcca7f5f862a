package org.laudable.labeling;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.laudable.security.ActingAs;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** A project with people, classes and open questions, and the steps an annotator takes in it. */
@ApplicationScoped
public class LabelingFixture {
    private final Sample sample;
    private final TaskQueue queue;
    private final LabelingService labeling;

    LabelingFixture(Sample sample, TaskQueue queue, LabelingService labeling) {
        this.sample = sample;
        this.queue = queue;
        this.labeling = labeling;
    }

    /** One project of a test. */
    record Team(long project, User manager, List<User> people, List<Long> items, List<Long> classes) {
        User ann() {
            return people.getFirst();
        }

        User ben() {
            return people.get(1);
        }
    }

    Team team(int people, int items) {
        User manager = sample.person("manager");
        long project = sample.project(manager, "apples", "pears", "plums");
        List<User> annotators = IntStream.range(0, people).mapToObj(i -> sample.person("annotator")).toList();
        annotators.forEach(user -> sample.member(project, user, "ANNOTATOR"));
        List<Long> ids = sample.items(project, IntStream.range(0, items).mapToObj(i -> "fruit number " + i).toList());
        return new Team(project, manager, annotators, ids, sample.classIds(project));
    }

    /** A team whose items are all in the queue as training questions, in order. */
    Team asked(int people, int items, int overlap) {
        Team team = team(people, items);
        sample.execute("update project set overlap = ? where id = ?", overlap, team.project());
        ask(team, Purpose.TRAIN, team.items());
        return team;
    }

    int ask(Team team, Purpose purpose, List<Long> items) {
        List<NewTask> tasks = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            tasks.add(new NewTask(items.get(i), purpose, items.size() - i, "two classes within 3 %",
                    team.classes().getFirst(), 0.7f, "zero-shot"));
        }
        return queue.enqueue(team.project(), null, null, tasks);
    }

    LeaseReply lease(Team team, User user, int count) {
        return lease(team, user, UUID.randomUUID(), count);
    }

    LeaseReply lease(Team team, User user, UUID deck, int count) {
        return ActingAs.person(user, () -> labeling.lease(new LeaseWish(team.project(), deck, count, 0, List.of())));
    }

    TaskView one(Team team, User user) {
        return lease(team, user, 1).tasks().getFirst();
    }

    AnswerReceipt label(User user, long task, long classId) {
        return send(user, answer(task, AnswerKind.LABEL, classId));
    }

    AnswerReceipt say(User user, long task, AnswerKind kind) {
        return send(user, answer(task, kind, null));
    }

    AnswerReceipt pass(User user, long task, AnswerKind kind, AnswerReason reason, String comment) {
        return send(user, new Answer(UUID.randomUUID(), task, kind, null, comment, 1_000, Instant.now(), 1, null, reason));
    }

    AnswerReceipt send(User user, Answer answer) {
        return ActingAs.person(user, () -> labeling.answer(answer));
    }

    UndoReply undo(User user, long task) {
        return ActingAs.person(user, () -> labeling.undo(UUID.randomUUID(), task, UUID.randomUUID()));
    }

    static Answer answer(long task, AnswerKind kind, Long classId) {
        return new Answer(UUID.randomUUID(), task, kind, classId, null, 4_000, Instant.now(), 1);
    }

    void pay(Team team, String kind, long rateMicros, Long capMicros) {
        sample.execute("update project set rate_kind = ?, rate_micros = ?, cap_micros = cast(? as bigint) where id = ?",
                kind, rateMicros, capMicros, team.project());
    }

    void letExpire(User user, long task) {
        sample.execute("update lease set until = now() - interval '1 second' where account_id = ? and task_id = ? and state = 'HELD'",
                user.id(), task);
    }

    long itemOf(long task) {
        return sample.number("select item_id from task where id = ?", task);
    }

    /** The class of the item's current label; 0: none of these; -1: unresolved. */
    long resolved(long task) {
        return sample.number("""
                select coalesce((select case when outcome = 'NONE' then 0 else class_id end from resolution
                  where item_id = ? and superseded_at is null), -1)""", itemOf(task));
    }

    long settled(Team team) {
        return sample.number("select settled_micros from budget where project_id = ?", team.project());
    }

    long reserved(Team team) {
        return sample.number("select reserved_micros from budget where project_id = ?", team.project());
    }

    /** Held leases and counted answers above the slots of their task, over a project. */
    long overfilled(Team team) {
        return sample.number("""
                select count(*) from task t where t.project_id = ? and t.free_slots <> t.slots
                  - (select count(*) from lease l where l.task_id = t.id and l.state = 'HELD')
                  - (select count(*) from annotation a where a.task_id = t.id and a.kind in ('LABEL', 'NONE', 'FLAG')
                      and not a.surplus and not exists (select 1 from annotation later where later.task_id = a.task_id
                        and later.account_id = a.account_id and later.revision > a.revision))""", team.project());
    }
}
