package org.laudable.labeling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.laudable.database.Sql;
import org.laudable.engine.evaluation.DawidSkene;
import org.laudable.engine.evaluation.DawidSkene.Vote;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/**
 * Twelve annotators of known error rates label real foods at once, through the services a deck uses. Their number of answers
 * is {@code -Dsimulation.answers} (600).
 */
@QuarkusTest
class SimulationTest {
    private static final Logger LOG = Logger.getLogger(SimulationTest.class);
    private static final long SEED = 7;
    private static final int ANSWERS = Integer.getInteger("simulation.answers", 600);
    private static final int OVERLAP = 3;
    private static final int BLOCK = 100;
    private static final double[] ACCURACY = {.97, .95, .93, .9, .88, .85, .8, .75, .7, .65, .6, .55};
    /** One lease in so many runs out before its answer comes. */
    private static final int LOST = 40;

    @Inject LabelingFixture fixture;
    @Inject LabelingService labeling;
    @Inject Sample sample;
    @Inject Sql sql;

    private record Food(String text, String label) {}

    private long project;
    private List<Long> classes;
    private final Map<Long, Integer> truth = new HashMap<>();
    private final List<Random> chance = IntStream.range(0, ACCURACY.length).mapToObj(i -> new Random(SEED + i)).toList();
    private final List<List<Boolean>> mistakes = IntStream.range(0, ACCURACY.length).<List<Boolean>>mapToObj(i -> new ArrayList<>()).toList();
    private final Map<String, Long> handed = new ConcurrentHashMap<>();

    @Test
    void twelve_annotators_of_known_error_rates_are_found_out_and_no_item_is_asked_twice() throws Exception {
        List<User> people = prepare();
        List<Integer> given = work(people);
        String each = given.toString();
        assertEquals((long) OVERLAP * truth.size(), counted(), "counted answers; per person " + each);
        assertEquals(truth.size(), sample.number("""
                select count(*) from task t where t.project_id = ? and t.state = 'DONE' and t.slots = ? and t.free_slots = 0
                  and (select count(*) from annotation a where a.task_id = t.id and not a.surplus) = t.slots""", project, OVERLAP),
                "the overlap is exact");
        assertEquals(0, sample.number("""
                select count(*) from (select account_id, item_id from annotation where project_id = ?
                  group by account_id, item_id having count(*) > 1) twice""", project), "no item twice to one person");
        long lost = sample.number("select count(*) from lease where project_id = ? and state = 'EXPIRED'", project);
        assertTrue(lost > 0, "leases were lost");
        assertEquals(handed.size(), sample.number("select count(*) from annotation where project_id = ?", project), "no answer is lost");
        judge(people, lost, each);
    }

    private List<User> prepare() {
        List<Food> foods = foods();
        List<String> names = foods.stream().map(Food::label).distinct().sorted().toList();
        User manager = sample.person("manager");
        project = sample.project(manager, names.toArray(String[]::new));
        classes = sample.classIds(project);
        sample.execute("update project set overlap = ? where id = ?", OVERLAP, project);
        String texts = foods.stream().map(Food::text).collect(Collectors.joining("\n"));
        sample.execute("""
                insert into item (project_id, body, fingerprint, shuffle)
                select ?, body, decode(md5(body), 'hex'), cast(n as int) from regexp_split_to_table(?, '\n') with ordinality as t (body, n)""",
                project, texts);
        Map<String, Integer> label = new HashMap<>();
        foods.forEach(food -> label.put(food.text(), names.indexOf(food.label())));
        sql.list("select id, body from item where project_id = ?", row -> truth.put(row.getLong(1), label.get(row.getString(2))), project);
        sample.execute("""
                insert into task (project_id, item_id, purpose, priority, reason, slots, free_slots, base_slots)
                select project_id, id, 'TRAIN', -shuffle, '', ?, ?, ? from item where project_id = ?""", OVERLAP, OVERLAP, OVERLAP, project);
        return IntStream.range(0, ACCURACY.length).mapToObj(i -> {
            User user = sample.person("annotator");
            sample.member(project, user, "ANNOTATOR");
            return user;
        }).toList();
    }

    /** As many foods as give everyone their answers, in a fixed random order. */
    private static List<Food> foods() {
        Map<String, Food> all = new HashMap<>();
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SimulationTest.class.getResourceAsStream("/samples/usda-foods.csv")), StandardCharsets.UTF_8))) {
            file.lines().skip(1).forEach(line -> {
                int end = line.lastIndexOf(',');
                int label = line.startsWith("\"", line.lastIndexOf(',', end)) ? end : line.lastIndexOf(',', end - 1);
                int labelStart = line.charAt(end - 1) == '"' ? line.lastIndexOf(",\"", end) : label;
                String text = strip(line.substring(line.indexOf(',') + 1, labelStart));
                all.putIfAbsent(text.toLowerCase(Locale.ROOT), new Food(text, strip(line.substring(labelStart + 1, end))));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Food> foods = new ArrayList<>(all.values());
        foods.sort(Comparator.comparing(Food::text));
        Collections.shuffle(foods, new Random(SEED));
        return foods.subList(0, ACCURACY.length * ANSWERS / OVERLAP);
    }

    private static String strip(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    }

    /** Everybody answers up to their number, then whoever can answers what is left. Returns how many each gave. */
    private List<Integer> work(List<User> people) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(people.size())) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                int person = i;
                all.add(threads.submit(() -> label(people.get(person), person, ANSWERS)));
            }
            List<Integer> given = new ArrayList<>();
            for (Future<Integer> one : all) {
                given.add(one.get());
            }
            sample.execute("update lease set until = now() - interval '1 second' where project_id = ? and state = 'HELD'", project);
            for (int i = 0; i < people.size(); i++) {
                given.set(i, given.get(i) + label(people.get(i), i, Integer.MAX_VALUE));
            }
            return given;
        }
    }

    private int label(User user, int person, int most) {
        UUID deck = UUID.randomUUID();
        int given = 0;
        int nothing = 0;
        while (given < most && nothing < 3) {
            List<TaskView> tasks = fixture.lease(new LabelingFixture.Team(project, user, List.of(user), List.of(), classes), user, deck, 3).tasks();
            nothing = tasks.isEmpty() ? nothing + 1 : 0;
            for (TaskView task : tasks) {
                long item = fixture.itemOf(task.id());
                if (handed.putIfAbsent(person + " " + item, task.id()) != null) {
                    throw new AssertionError("Item " + item + " came to person " + person + " twice");
                }
                if (new SplittableRandom(SEED + 31 * item + person).nextInt(LOST) == 0) {
                    fixture.letExpire(user, task.id());
                    fixture.lease(new LabelingFixture.Team(project, user, List.of(user), List.of(), classes), user, UUID.randomUUID(), 0);
                }
                fixture.label(user, task.id(), classes.get(says(person, item)));
                given++;
            }
        }
        return given;
    }

    /** Wrong in exactly so many of each hundred answers, at random places, and then any other class. */
    private int says(int person, long item) {
        if (mistakes.get(person).isEmpty()) {
            int wrong = (int) Math.round(BLOCK * (1 - ACCURACY[person]));
            List<Boolean> block = new ArrayList<>(IntStream.range(0, BLOCK).mapToObj(i -> i < wrong).toList());
            Collections.shuffle(block, chance.get(person));
            mistakes.get(person).addAll(block);
        }
        int right = truth.get(item);
        return mistakes.get(person).removeLast() ? (right + 1 + chance.get(person).nextInt(classes.size() - 1)) % classes.size() : right;
    }

    private long counted() {
        return sample.number("select count(*) from annotation where project_id = ? and not surplus", project);
    }

    private void judge(List<User> people, long lost, String each) {
        List<Vote> votes = sql.list("select item_id, account_id, class_id from annotation where project_id = ? order by id",
                row -> new Vote(row.getLong(1), row.getLong(2), classes.indexOf(row.getLong(3))), project);
        DawidSkene.Estimate estimate = DawidSkene.of(votes, classes.size());
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < people.size(); i++) {
            double accuracy = estimate.annotators().get(people.get(i).id()).accuracy();
            found.append(" %.2f→%.3f".formatted(ACCURACY[i], accuracy));
            assertEquals(ACCURACY[i], accuracy, .05, "annotator " + i);
        }
        double weighed = truth.keySet().stream().filter(item -> estimate.likeliest(item) == truth.get(item)).count() / (double) truth.size();
        double majority = sample.number("select count(*) from resolution where project_id = ? and superseded_at is null", project) == 0 ? 0 : majority();
        LOG.infof("%d items × %d answers, per person %s, %d leases lost; accuracy set → estimated:%s; labels right: Dawid–Skene %.3f, majority or nothing %.3f",
                truth.size(), OVERLAP, each, lost, found, weighed, majority);
        assertTrue(weighed >= majority, weighed + " against " + majority);
    }

    /** Share of items the majority labels right; a tie is none. */
    private double majority() {
        int[] right = {0};
        sql.list("select item_id, class_id from resolution where project_id = ? and superseded_at is null",
                row -> right[0] += classes.indexOf(row.getLong(2)) == truth.get(row.getLong(1)) ? 1 : 0, project);
        return right[0] / (double) truth.size();
    }
}
