package org.laudable.labeling.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.api.CsrfToken;
import org.laudable.labeling.NewTask;
import org.laudable.labeling.Purpose;
import org.laudable.labeling.TaskQueue;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** The deck's calls as a browser makes them: real sign-in, cookie, token. */
@QuarkusTest
class TaskResourceTest {
    private static final String PASSWORD = "a long enough sentence";

    @Inject Sample sample;
    @Inject TaskQueue queue;
    @Inject CsrfToken csrf;

    private User ann;
    private String cookie;
    private long project;
    private long apples;

    @BeforeEach
    void a_project_with_two_questions() {
        ann = sample.person("ann");
        project = sample.project(sample.person("manager"), "apples", "pears");
        sample.member(project, ann, "ANNOTATOR");
        apples = sample.classIds(project).getFirst();
        List<NewTask> tasks = new ArrayList<>();
        for (long item : sample.items(project, List.of("<b>red</b> apple", "green pear"))) {
            tasks.add(new NewTask(item, tasks.isEmpty() ? Purpose.AUDIT : Purpose.TRAIN, -tasks.size(), "unsure", apples, 0.6f, "zero-shot"));
        }
        queue.enqueue(project, null, null, tasks);
        cookie = signIn(ann);
    }

    @Test
    void a_deck_leases_answers_undoes_and_returns() {
        List<Integer> tasks = lease(2).statusCode(200).body("state", equalTo("READY")).body("tasks", hasSize(2))
                .body("tasks[0].text", equalTo("<b>red</b> apple")).body("tasks[0].suggestion.classId", equalTo((int) apples))
                .extract().path("tasks.id");
        Map<String, Object> answer = answer(tasks.get(0), apples);
        post("answers", Map.of("answers", List.of(answer))).statusCode(200).body("results[0].status", equalTo(200))
                .body("results[0].revision", equalTo(1));
        post("answer", answer).statusCode(200).body("revision", equalTo(1));
        get("progress?projectId=" + project).statusCode(200).body("mineToday", equalTo(1)).body("waiting", equalTo(1));
        post("undo", Map.of("clientId", UUID.randomUUID(), "taskId", tasks.get(0), "deck", UUID.randomUUID())).statusCode(200)
                .body("task.id", equalTo(tasks.get(0))).body("receipt.revision", equalTo(2));
        post("renew", Map.of("projectId", project, "tasks", tasks)).statusCode(200).body("leases", hasSize(2));
        post("return", Map.of("tasks", tasks)).statusCode(204);
        assertEquals(0, sample.number("select count(*) from lease where project_id = ? and state = 'HELD'", project));
    }

    @Test
    void nothing_says_which_question_is_an_audit_item() {
        lease(2).statusCode(200).body("tasks", hasSize(2)).body(not(containsString("urpose"))).body(not(containsString("AUDIT")));
    }

    @Test
    void another_content_under_a_known_id_is_a_conflict_and_in_a_batch_only_its_own() {
        List<Integer> tasks = lease(2).extract().path("tasks.id");
        Map<String, Object> first = answer(tasks.get(0), apples);
        post("answer", first).statusCode(200);
        Map<String, Object> other = new java.util.HashMap<>(first);
        other.put("kind", "NONE");
        other.put("classId", null);
        post("answer", other).statusCode(409).contentType("application/problem+json").body("status", equalTo(409));
        post("answers", Map.of("answers", List.of(other, answer(tasks.get(1), apples)))).statusCode(200)
                .body("results.status", equalTo(List.of(409, 200)));
    }

    @Test
    void a_write_without_the_token_or_from_another_site_is_forbidden() {
        Map<String, Object> wish = Map.of("projectId", project, "deck", UUID.randomUUID(), "count", 1, "ahead", 0);
        signedIn().body(wish).post("/api/v1/tasks/lease").then().statusCode(403).contentType("application/problem+json")
                .body("type", equalTo("urn:laudable:problem:token"));
        signedIn().header(CsrfToken.HEADER, csrf.of(sample.person("other"))).body(wish).post("/api/v1/tasks/lease").then().statusCode(403);
        signedIn().header(CsrfToken.HEADER, csrf.of(ann)).header("Origin", "https://evil.example").body(wish)
                .post("/api/v1/tasks/lease").then().statusCode(403);
        signedIn().header(CsrfToken.HEADER, csrf.of(ann)).header("Sec-Fetch-Site", "cross-site").body(wish)
                .post("/api/v1/tasks/lease").then().statusCode(403);
        assertEquals(0, sample.number("select count(*) from lease where project_id = ?", project));
    }

    @Test
    void who_is_not_signed_in_gets_401_and_no_redirect() {
        given().redirects().follow(false).get("/api/v1/tasks/progress?projectId=" + project).then().statusCode(401)
                .contentType("application/problem+json").body("detail", containsString("Sign in"));
        given().redirects().follow(false).contentType(ContentType.JSON).body("{}").post("/api/v1/tasks/lease").then().statusCode(401);
    }

    @Test
    void another_project_is_not_there() {
        long foreign = sample.project(sample.person("manager"), "a", "b");
        post("lease", Map.of("projectId", foreign, "deck", UUID.randomUUID(), "count", 1, "ahead", 0)).statusCode(404)
                .body("type", equalTo("about:blank"));
        get("progress?projectId=" + foreign).statusCode(404);
    }

    @Test
    void a_class_that_does_not_exist_is_refused_and_a_malformed_request_is_told_what_is_wrong() {
        List<Integer> tasks = lease(1).extract().path("tasks.id");
        post("answer", answer(tasks.get(0), 999_999_999L)).statusCode(422).body("title", equalTo("Refused"));
        post("lease", Map.of("projectId", project, "deck", UUID.randomUUID(), "count", 99, "ahead", 0)).statusCode(400)
                .body("violations[0].field", equalTo("count"));
        signedIn().header(CsrfToken.HEADER, csrf.of(ann)).body("{\"answers\": 7}").post("/api/v1/tasks/answers").then().statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void an_interval_and_similar_windows_are_for_series_only() {
        List<Integer> tasks = lease(1).extract().path("tasks.id");
        Map<String, Object> drawn = new java.util.HashMap<>(answer(tasks.get(0), apples));
        drawn.put("interval", Map.of("from", 3, "to", 9));
        post("answer", drawn).statusCode(422).body("detail", containsString("text"));
        drawn.put("interval", Map.of("from", -3, "to", 9));
        post("answer", drawn).statusCode(400);
        post("similar", Map.of("taskId", tasks.get(0), "deck", UUID.randomUUID(), "count", 5)).statusCode(422);
        post("similar", Map.of("taskId", tasks.get(0), "deck", UUID.randomUUID(), "count", 99)).statusCode(400);
        post("similar", Map.of("taskId", 999_999_999L, "deck", UUID.randomUUID(), "count", 5)).statusCode(404);
    }

    @Test
    void an_unknown_address_is_a_problem_and_no_page() {
        get("nothing").statusCode(404).contentType(startsWith("application/problem+json")).body("status", equalTo(404));
        signedIn().get("/api/v9").then().statusCode(404).contentType(startsWith("application/problem+json"));
    }

    private ValidatableResponse lease(int count) {
        return post("lease", Map.of("projectId", project, "deck", UUID.randomUUID(), "count", count, "ahead", 0));
    }

    private static Map<String, Object> answer(long task, long classId) {
        return Map.of("clientId", UUID.randomUUID(), "taskId", task, "kind", "LABEL", "classId", classId, "activeMillis", 1200,
                "answeredAt", "2030-01-01T00:00:00Z");
    }

    private ValidatableResponse post(String path, Object body) {
        return signedIn().header(CsrfToken.HEADER, csrf.of(ann)).body(body).post("/api/v1/tasks/" + path).then();
    }

    private ValidatableResponse get(String path) {
        return signedIn().get("/api/v1/tasks/" + path).then();
    }

    private RequestSpecification signedIn() {
        return given().cookie("laudable", cookie).contentType(ContentType.JSON);
    }

    private String signIn(User user) {
        sample.execute("update account set password_hash = ? where id = ?", BcryptUtil.bcryptHash(PASSWORD, 4), user.id());
        return given().redirects().follow(false).formParam("j_username", user.username()).formParam("j_password", PASSWORD)
                .post("/j_security_check").then().statusCode(302).extract().cookie("laudable");
    }
}
