package org.laudable.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.client.ApiClient;
import org.laudable.client.ApiException;
import org.laudable.client.ApiResponse;
import org.laudable.client.api.BudgetsApi;
import org.laudable.client.api.ExportsApi;
import org.laudable.client.api.ItemsApi;
import org.laudable.client.api.LabelsApi;
import org.laudable.client.api.PredictionsApi;
import org.laudable.client.api.ProjectsApi;
import org.laudable.client.api.ProvidersApi;
import org.laudable.client.api.RunsApi;
import org.laudable.client.api.SeriesApi;
import org.laudable.client.model.AnswerKind;
import org.laudable.client.model.Budget;
import org.laudable.client.model.BudgetSettings;
import org.laudable.client.model.Channel;
import org.laudable.client.model.Export;
import org.laudable.client.model.ImportState;
import org.laudable.client.model.Item;
import org.laudable.client.model.ItemImport;
import org.laudable.client.model.ItemPage;
import org.laudable.client.model.JobState;
import org.laudable.client.model.NewAnnotation;
import org.laudable.client.model.NewExport;
import org.laudable.client.model.NewLabelClass;
import org.laudable.client.model.NewLanguageModel;
import org.laudable.client.model.NewPoints;
import org.laudable.client.model.NewProject;
import org.laudable.client.model.NewSeries;
import org.laudable.client.model.NewSuggestion;
import org.laudable.client.model.NewSuggestions;
import org.laudable.client.model.Point;
import org.laudable.client.model.PointPage;
import org.laudable.client.model.PredictRequest;
import org.laudable.client.model.PredictWindow;
import org.laudable.client.model.Predictions;
import org.laudable.client.model.Project;
import org.laudable.client.model.ProjectChange;
import org.laudable.client.model.ProjectKind;
import org.laudable.client.model.ProjectState;
import org.laudable.client.model.Provider;
import org.laudable.client.model.ProviderKind;
import org.laudable.client.model.ProviderSettings;
import org.laudable.client.model.RateKind;
import org.laudable.client.model.Run;
import org.laudable.client.model.RunState;
import org.laudable.client.model.Series;
import org.laudable.client.model.SeriesPoint;
import org.laudable.client.model.SuggestionOutcome;
import org.laudable.security.User;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** The whole REST API through the client that is generated from its description. */
@QuarkusTest
class ApiTest {
    private static final OffsetDateTime START = OffsetDateTime.parse("2030-01-01T00:00:00Z");

    @Inject Sample sample;
    @Inject Clients clients;
    @TempDir Path folder;

    private User ann;
    private ApiClient client;
    private ProjectsApi projects;

    @BeforeEach
    void a_person_with_a_token() {
        ann = sample.person("ann");
        client = clients.of(ann);
        projects = new ProjectsApi(client);
    }

    @Test
    void a_project_is_made_read_changed_and_put_away() throws ApiException {
        Project made = project("first");
        assertEquals(ProjectState.DRAFT, made.getState());
        assertEquals(List.of("fruit", "tool"), made.getClasses().stream().map(one -> one.getName()).toList());

        ApiResponse<Project> read = projects.getProjectWithHttpInfo(made.getId());
        String tag = read.getHeaders().get("etag").getFirst();
        ApiResponse<Project> changed = projects.changeProjectWithHttpInfo(made.getId(), new ProjectChange().name("second").overlap(2), null, tag);
        assertEquals("second", changed.getData().getName());
        assertEquals(2, changed.getData().getSettings().getOverlap());
        assertEquals("a thing", changed.getData().getDescription(), "what was not sent stays");
        refused(412, () -> projects.changeProject(made.getId(), new ProjectChange().name("third"), null, tag));
        refused(428, () -> projects.changeProject(made.getId(), new ProjectChange().name("third"), null, null));
        refused(422, () -> projects.changeProject(made.getId(), new ProjectChange().strategy("none"), null, changed.getHeaders().get("etag").getFirst()));

        assertEquals(ProjectState.ACTIVE, projects.activateProject(made.getId()).getState());
        assertEquals(ProjectState.ARCHIVED, projects.archiveProject(made.getId()).getState());
        assertEquals(ProjectState.ACTIVE, projects.unarchiveProject(made.getId()).getState());
    }

    @Test
    void lists_come_in_pages_that_neither_lose_nor_repeat() throws ApiException {
        Set<Long> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(project("p" + i).getId());
        }
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page = projects.listProjects(cursor, 2);
            page.getProjects().forEach(one -> seen.add(one.getId()));
            cursor = page.getNext();
        } while (cursor != null);

        assertEquals(5, seen.size());
        assertEquals(made, new HashSet<>(seen));
        refused(400, () -> projects.listProjects("nonsense", 2));
        refused(400, () -> projects.listProjects(null, 0));
    }

    @Test
    void a_write_with_the_same_key_is_done_once() throws ApiException {
        NewProject wanted = new NewProject().kind(ProjectKind.TEXT).name("once");
        ApiResponse<Project> first = projects.createProjectWithHttpInfo(wanted, "key-1");
        ApiResponse<Project> again = projects.createProjectWithHttpInfo(wanted, "key-1");

        assertEquals(first.getData(), again.getData());
        assertEquals(first.getHeaders().get("location"), again.getHeaders().get("location"));
        assertEquals(first.getHeaders().get("etag"), again.getHeaders().get("etag"));
        assertEquals(1, sample.number("select count(*) from project where created_by = ?", ann.id()));
        refused(422, () -> projects.createProject(new NewProject().kind(ProjectKind.TEXT).name("other"), "key-1"));
        assertNotNull(new ProjectsApi(clients.of(sample.person("ben"))).createProject(wanted, "key-1").getId(), "another person's keys are others");
        sample.execute("update idempotent_answer set created_at = now() - interval '25 hours' where account_id = ?", ann.id());
        assertFalse(first.getData().getId().equals(projects.createProject(wanted, "key-1").getId()), "after a day a key is new again");
    }

    @Test
    void a_refused_write_leaves_its_key_unused() throws ApiException {
        long id = project("draft").getId();
        RunsApi runs = new RunsApi(client);
        refused(422, () -> runs.startRun(id, "go"));
        refused(422, () -> runs.startRun(id, "go"));
        assertEquals(0, sample.number("select count(*) from idempotent_answer where account_id = ? and key = 'go'", ann.id()));
    }

    @Test
    void items_go_in_and_out_as_lines_with_the_checks_of_a_file() throws ApiException, IOException {
        long id = project("lines").getId();
        ItemsApi items = new ItemsApi(client);
        ItemImport done = bring(id, lines(60) + "{\"id\": \"x\"}\nnot json\n", "import-1");
        assertEquals(60, done.getRowsIn());
        assertEquals(2, done.getRowsRefused());
        assertEquals(3, fetched(done.getRefused()).size());
        assertEquals(done.getId(), items.addItems(id, file(lines(60) + "{\"id\": \"x\"}\nnot json\n"), null, null, "import-1").getId());
        refused(422, () -> items.addItems(id, file(lines(3)), null, null, "import-1"));
        assertEquals(1, sample.number("select count(*) from data_import where project_id = ?", id), "what was sent again left nothing behind");

        List<Item> all = new ArrayList<>();
        String cursor = null;
        do {
            ItemPage page = items.listItems(id, null, cursor, 25, null, null, null, null, null);
            all.addAll(page.getItems());
            cursor = page.getNext();
        } while (cursor != null);
        assertEquals(60, all.stream().map(Item::getId).distinct().count());
        assertEquals(60, all.size());
        assertEquals(List.of("row-0"), all.getFirst().getExternalIds());
        assertEquals("en", all.getFirst().getMetadata().get("language"));
        assertEquals("fruit", all.getFirst().getKnownLabel());
        assertEquals(all.getFirst(), items.getItem(all.getFirst().getId(), id));
        assertEquals(1, items.listItems(id, null, null, 25, null, null, null, "row-7", null).getItems().size());
        assertEquals(0, items.listItems(id, null, null, 25, null, null, null, null, "labeled").getItems().size());
        refused(400, () -> items.listItems(id, null, null, 25, null, null, null, null, "odd"));
        assertEquals(60, fetched("/api/v1/projects/" + id + "/items/stream").size());

        refused(422, () -> items.addItems(id, file(""), null, null, null));
        refused(422, () -> items.addItems(id, file("{\"a\": 1}\n"), null, null, null));
        ItemImport whole = follow(id, items.addItems(id, file(lines(3) + "broken\n"), true, null, null));
        assertEquals(ImportState.FAILED, whole.getState());
        assertTrue(whole.getError().contains("nothing went in"), whole.getError());
    }

    @Test
    void a_run_asks_learns_predicts_and_gives_labels() throws ApiException, IOException {
        long id = project("loop").getId();
        RunsApi runs = new RunsApi(client);
        LabelsApi labels = new LabelsApi(client);
        ItemsApi items = new ItemsApi(client);
        PredictionsApi predictions = new PredictionsApi(client);
        bring(id, lines(60), null);
        projects.activateProject(id);
        refused(404, () -> runs.getRun(id));
        refused(422, () -> predictions.predict(id, new PredictRequest().texts(List.of("a pear"))));
        assertNotNull(runs.startRun(id, "start"));
        assertNotNull(runs.startRun(id, "start"), "sent again it is the same run");
        refused(422, () -> runs.startRun(id, "start-2"));
        Eventually.holds("the run asks", () -> run(runs, id).getState() == RunState.LABELING && sample.number(
                "select count(*) from task where project_id = ? and state = 'OPEN'", id) > 0);

        Predictions said = predictions.predict(id, new PredictRequest().texts(List.of("a ripe sweet pear", "a hammer of steel")));
        assertEquals(2, said.getTexts().size());
        assertEquals(1, said.getTexts().getFirst().getChances().values().stream().mapToDouble(Float::doubleValue).sum(), 1e-3);
        refused(422, () -> predictions.predict(id, new PredictRequest().windows(List.of(new PredictWindow().seriesId(1L).points(List.of(seriesPoint(0)))))));

        List<Item> open = items.listItems(id, null, null, 100, null, null, null, null, null).getItems().stream()
                .filter(one -> sample.number("select count(*) from task where item_id = ? and state = 'OPEN'", one.getId()) > 0).toList();
        SuggestionOutcome outcome = labels.suggest(id, new NewSuggestions().source("ours v7").suggestions(List.of(
                new NewSuggestion().itemId(open.getFirst().getId()).label("tool").confidence(0.9f),
                new NewSuggestion().externalId("nowhere").label("fruit"))), null);
        assertEquals(1, outcome.getShown());
        assertEquals(1, outcome.getUnknown());
        assertEquals(1, sample.number("select count(*) from task where item_id = ? and suggestion_source = 'ours v7' and suggestion_confidence = 0.9::real", open.getFirst().getId()));
        assertEquals(0, sample.number("select count(*) from resolution where project_id = ?", id), "a suggestion is no label");
        refused(422, () -> labels.suggest(id, new NewSuggestions().source("x").suggestions(List.of(new NewSuggestion().itemId(open.getFirst().getId()).label("animal"))), null));

        long fruit = projects.getProject(id).getClasses().getFirst().getId();
        NewAnnotation answer = new NewAnnotation().itemId(open.getFirst().getId()).kind(AnswerKind.LABEL).classId(fruit);
        assertEquals(1, labels.annotate(id, answer, "a1").getRevision());
        assertEquals(1, labels.annotate(id, answer, "a1").getRevision());
        refused(422, () -> labels.annotate(id, new NewAnnotation().itemId(open.getFirst().getId()).kind(AnswerKind.NONE), "a1"));
        refused(422, () -> labels.annotate(id, new NewAnnotation().itemId(open.get(1).getId()).kind(AnswerKind.LABEL), null));
        refused(404, () -> labels.annotate(id, new NewAnnotation().itemId(Long.MAX_VALUE).kind(AnswerKind.NONE), null));
        var given = labels.listAnnotations(id, null, 10).getAnnotations();
        assertEquals(1, given.size());
        assertEquals(ann.username(), given.getFirst().getPerson());
        assertEquals("fruit", given.getFirst().getLabel());
        var resolved = labels.listResolutions(id, null, null, 10).getResolutions();
        assertEquals(List.of(ann.username()), resolved.getFirst().getAnnotators());
        assertEquals("person", resolved.getFirst().getOrigin());
        assertEquals("fruit", items.getItem(open.getFirst().getId(), id).getLabel());

        assertEquals(RunState.PAUSED, runs.pauseRun(id, null).getState());
        refused(422, () -> labels.annotate(id, new NewAnnotation().itemId(open.get(1).getId()).kind(AnswerKind.NONE), null));
        refused(422, () -> runs.pauseRun(id, null));
        assertEquals(RunState.LABELING, runs.resumeRun(id, null).getState());
        assertEquals(RunState.STOPPED, runs.stopRun(id, null).getState());

        ExportsApi exports = new ExportsApi(client);
        Export ordered = exports.createExport(id, new NewExport().format("jsonl").labeledOnly(true), "e1");
        assertEquals(ordered.getId(), exports.createExport(id, new NewExport().format("jsonl").labeledOnly(true), "e1").getId());
        Eventually.holds("the export is whole", () -> {
            try {
                return exports.getExport(ordered.getId(), id).getState() == JobState.DONE;
            } catch (ApiException e) {
                throw new AssertionError(e);
            }
        });
        List<String> out = fetched(exports.getExport(ordered.getId(), id).getFile());
        assertEquals(1, out.size());
        assertTrue(out.getFirst().contains("\"label\":\"fruit\""), out.getFirst());
        assertEquals(61, fetched("/api/v1/projects/" + id + "/export?format=csv&rows=all").size());
        assertTrue(fetched("/api/v1/projects/" + id + "/export?format=label-studio").stream().anyMatch(line -> line.contains("\"choices\":[\"fruit\"]")));
        refused(422, () -> exports.createExport(id, new NewExport().format("docx"), null));
    }

    @Test
    void series_grow_by_points_that_come_back_as_they_were() throws ApiException {
        long id = projects.createProject(new NewProject().kind(ProjectKind.SERIES).name("plant"), null).getId();
        SeriesApi series = new SeriesApi(client);
        List<Point> points = IntStream.range(0, 200).mapToObj(ApiTest::point).toList();
        refused(422, () -> series.createSeries(id, newSeries(points.subList(0, 49)), null));
        Series made = series.createSeries(id, newSeries(points.subList(0, 120)), "s1");
        assertEquals(made, series.createSeries(id, newSeries(points.subList(0, 120)), "s1"));
        refused(422, () -> series.createSeries(id, newSeries(points.subList(0, 120)), null));
        refused(422, () -> series.addPoints(id, made.getId(), new NewPoints().points(points.subList(119, 200)), null));
        refused(422, () -> series.addPoints(id, made.getId(), new NewPoints().points(List.of(new Point().at(START.plusDays(9)).values(List.of(1.0)))), null));
        Series grown = series.addPoints(id, made.getId(), new NewPoints().points(points.subList(120, 200)), "p1");
        assertEquals(200, grown.getPoints());
        assertEquals(200, series.addPoints(id, made.getId(), new NewPoints().points(points.subList(120, 200)), "p1").getPoints());

        List<Point> read = new ArrayList<>();
        String cursor = null;
        do {
            PointPage page = series.listPoints(id, made.getId(), cursor, 70);
            read.addAll(page.getPoints());
            cursor = page.getNext();
        } while (cursor != null);
        assertEquals(points, read);
        assertEquals(List.of(grown), series.listSeries(id).getSeries());
        refused(422, () -> new PredictionsApi(client).predict(id, new PredictRequest().windows(List.of(
                new PredictWindow().seriesId(made.getId()).points(List.of(seriesPoint(300)))))));
        long other = projects.createProject(new NewProject().kind(ProjectKind.SERIES).name("other plant"), null).getId();
        refused(404, () -> series.listPoints(other, made.getId(), null, 10));
    }

    @Test
    void a_budget_is_read_and_set() throws ApiException {
        long id = project("money").getId();
        BudgetsApi budgets = new BudgetsApi(client);
        ApiResponse<Budget> now = budgets.getBudgetWithHttpInfo(id);
        assertNull(now.getData().getCapMicros());
        String tag = now.getHeaders().get("etag").getFirst();
        BudgetSettings wanted = new BudgetSettings().currency("EUR").capMicros(5_000_000L).rateKind(RateKind.PER_LABEL).rateMicros(40_000L).maxTaskSeconds(60);
        assertEquals(5_000_000L, budgets.setBudget(id, wanted, tag).getCapMicros());
        refused(412, () -> budgets.setBudget(id, wanted, tag));
    }

    @Test
    void providers_are_for_administrators_and_their_keys_never_come_out() throws ApiException {
        ProvidersApi mine = new ProvidersApi(client);
        refused(403, mine::listProviders);
        ProvidersApi providers = new ProvidersApi(clients.of(sample.admin("boss")));
        ProviderSettings wanted = new ProviderSettings().name("House " + ann.id()).kind(ProviderKind.OPENAI).baseUrl("http://127.0.0.1:9/v1")
                .currency("USD").concurrency(2).timeoutSeconds(30).key("canary-key-7");
        Provider added = providers.addProvider(wanted, "k1");
        assertEquals(added, providers.addProvider(wanted, "k1"));
        assertTrue(added.getHasKey());
        ApiResponse<Provider> read = providers.getProviderWithHttpInfo(added.getId());
        Provider changed = providers.changeProvider(added.getId(), wanted.concurrency(3).key(null), read.getHeaders().get("etag").getFirst());
        assertEquals(3, changed.getConcurrency());
        assertTrue(changed.getHasKey());
        refused(412, () -> providers.changeProvider(added.getId(), wanted.concurrency(4), read.getHeaders().get("etag").getFirst()));
        providers.addModel(added.getId(), new NewLanguageModel().name("m").inputMicros(1L).cachedInputMicros(1L).outputMicros(2L).contextTokens(8192).maxOutputTokens(512), null);
        assertEquals("m", providers.listModels(added.getId()).getModels().getFirst().getName());
        assertFalse((providers.listProviders().toString() + added + changed).contains("canary-key-7"));
        assertEquals(0, sample.number("select count(*) from idempotent_answer i where i::text like '%canary-key-7%'"));
        refused(404, () -> providers.getProvider(Long.MAX_VALUE));
    }

    private Project project(String name) throws ApiException {
        return projects.createProject(new NewProject().kind(ProjectKind.TEXT).name(name).description("a thing").classes(List.of(
                new NewLabelClass().name("fruit"), new NewLabelClass().name("tool"))).guideline("# Look twice"), null);
    }

    private ItemImport bring(long project, String lines, String key) throws ApiException, IOException {
        return follow(project, new ItemsApi(client).addItems(project, file(lines), null, null, key));
    }

    private ItemImport follow(long project, ItemImport begun) {
        ItemsApi items = new ItemsApi(client);
        ItemImport[] now = {begun};
        Eventually.holds("the import ends", () -> {
            try {
                now[0] = items.getImport(begun.getId(), project);
                return now[0].getState() == ImportState.DONE || now[0].getState() == ImportState.FAILED;
            } catch (ApiException e) {
                throw new AssertionError(e);
            }
        });
        return now[0];
    }

    /** Lines of a file: the generated client reads every answer as JSON. */
    private List<String> fetched(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(Clients.address() + path)).header("Authorization", "Bearer " + clients.token(ann)).build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return answer.body().lines().toList();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private File file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "lines", ".ndjson"), content).toFile();
    }

    private static String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean fruit = i % 2 == 0;
            lines.append("{\"id\": \"row-%d\", \"text\": \"%s number %d\", \"label\": \"%s\", \"language\": \"en\"}\n"
                    .formatted(i, fruit ? "a ripe sweet fruit" : "a steel tool", i, fruit ? "fruit" : "tool"));
        }
        return lines.toString();
    }

    private static NewSeries newSeries(List<Point> points) {
        return new NewSeries().name("line 1").zone("Europe/Berlin").channels(List.of(new Channel().name("heat").unit("°C"), new Channel().name("load").unit(""))).points(points);
    }

    private static Point point(int i) {
        List<Double> values = new ArrayList<>(List.of(Math.sin(i / 7.0)));
        values.add(i % 11 == 0 ? null : (Double) (i * 0.5));
        return new Point().at(START.plusMinutes(i)).values(values);
    }

    private static SeriesPoint seriesPoint(int i) {
        return new SeriesPoint().at(START.plusMinutes(i)).values(List.of(1.0, 2.0));
    }

    private static Run run(RunsApi runs, long project) {
        try {
            return runs.getRun(project);
        } catch (ApiException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(int status, Executable call) {
        ApiException refusal = assertThrows(ApiException.class, call);
        assertEquals(status, refusal.getCode(), refusal.getResponseBody());
        assertTrue(refusal.getResponseHeaders().firstValue("content-type").orElse("").startsWith("application/problem+json"), refusal.getResponseBody());
    }
}
