package org.laudable.series.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laudable.api.CsrfToken;
import org.laudable.project.ProjectService;
import org.laudable.project.SeriesClassNames;
import org.laudable.security.ActingAs;
import org.laudable.engine.parquet.ParquetSource;
import org.laudable.security.User;
import org.laudable.series.SeriesImportService;
import org.laudable.series.SeriesStore;
import org.laudable.testing.Eventually;
import org.laudable.testing.Sample;

/** What the chart and other programs get of series: with a real sign-in, and nothing for strangers. */
@QuarkusTest
class SeriesResourceTest {
    private static final String PASSWORD = "a long enough sentence";
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    @TempDir Path folder;
    @Inject Sample sample;
    @Inject CsrfToken csrf;
    @Inject ProjectService projects;
    @Inject SeriesImportService imports;
    @Inject SeriesStore store;

    private User manager;
    private long project;
    private long id;

    @BeforeEach
    void a_series_with_a_gap() {
        manager = sample.person("manager");
        StringBuilder csv = new StringBuilder("time,=load,flat,label\n");
        for (int t = 0; t < 200; t++) {
            csv.append(START.plusSeconds(60L * t)).append(',').append(t == 5 ? "" : t % 10).append(",1,").append(t >= 50 && t < 60 ? 1 : 0).append('\n');
        }
        project = ActingAs.person(manager, () -> projects.createSeries("Resource", "", SeriesClassNames.ENGLISH)).id();
        ActingAs.person(manager, () -> {
            var draft = imports.upload(project, "plant.csv", new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
            imports.begin(project, draft.id());
            return draft;
        });
        Eventually.holds("the series is in", () -> !store.ofProject(project).isEmpty());
        id = store.ofProject(project).getFirst().id();
    }

    @Test
    void a_range_has_times_extremes_and_gaps() {
        get(manager, "/api/v1/series/" + id + "/range?from=0&to=10&width=100&channels=0").statusCode(200)
                .body("stride", equalTo(1)).body("times[0]", equalTo((int) START.getEpochSecond())).body("channels", hasSize(1))
                .body("channels[0].min[5]", nullValue()).body("channels[0].max[9]", equalTo(9.0f));
        get(manager, "/api/v1/series/" + id + "/range?width=20").statusCode(200)
                .body("stride", equalTo(10)).body("channels[1].constant", equalTo(true)).body("channels[0].max", hasSize(20))
                .body("channels[0].min[1]", equalTo(0.0f)).body("channels[0].max[1]", equalTo(9.0f));
        get(manager, "/api/v1/series/" + id).statusCode(200).body("points", equalTo(200)).body("zone", equalTo("UTC"));
    }

    @Test
    void an_event_is_added_and_comes_back_each_week() {
        User reviewer = sample.person("reviewer");
        sample.member(project, reviewer, "REVIEWER");
        String body = given().cookie("laudable", signIn(reviewer)).header(CsrfToken.HEADER, csrf.of(reviewer)).contentType(ContentType.JSON)
                .body(Map.of("from", START.getEpochSecond() - 604_800, "to", START.getEpochSecond() - 604_000, "weekly", true, "explains", "Backup"))
                .post("/api/v1/series/" + id + "/events").then().statusCode(200).extract().asString();
        assertEquals(true, body.contains("\"weekly\":true"));
        get(reviewer, "/api/v1/series/" + id + "/events").statusCode(200).body("", hasSize(1)).body("[0].explains", equalTo("Backup"))
                .body("[0].from", equalTo((float) START.getEpochSecond()));
        get(manager, "/api/v1/projects/" + project + "/series/events.json").statusCode(200)
                .body("'plant.csv'[0][0]", equalTo("2024-03-01 00:00:00.000000"));
    }

    @Test
    void points_and_intervals_go_out_for_managers_only() throws Exception {
        String csv = get(manager, "/api/v1/series/" + id + "/points.csv").statusCode(200).header("Content-Disposition", containsString("plant.csv"))
                .extract().asString();
        String[] lines = csv.split("\r\n|\n");
        assertEquals("time,'=load,flat,score,flagged,label,origin", lines[0]);
        assertEquals("2024-03-01T00:05:00Z,,1,,,,", lines[6]);
        assertEquals(201, lines.length);
        get(manager, "/api/v1/projects/" + project + "/series/intervals.json").statusCode(200).body("'plant.csv'", hasSize(0));
        get(manager, "/api/v1/projects/" + project + "/series/regions.json").statusCode(200).body("[0].data.csv", equalTo("plant.csv"))
                .body("[0].annotations", hasSize(0));
        Path file = Files.write(folder.resolve("plant.parquet"), get(manager, "/api/v1/series/" + id + "/points.parquet").statusCode(200)
                .header("Content-Disposition", containsString("plant.parquet")).extract().asByteArray());
        try (ParquetSource points = ParquetSource.open(file)) {
            assertEquals(List.of("time", "=load", "flat", "score", "flagged", "label", "origin"), points.columns());
            assertEquals(200, points.rows());
            assertEquals(Arrays.asList("2024-03-01T00:00:00Z", 0.0), points.next().values().subList(0, 2));
        }
        User annotator = sample.person("annotator");
        sample.member(project, annotator, "ANNOTATOR");
        for (String path : List.of("regions.json", "events.json", "points.zip?format=parquet")) {
            get(annotator, "/api/v1/projects/" + project + "/series/" + path).statusCode(403);
        }
        get(annotator, "/api/v1/series/" + id + "/points.parquet").statusCode(403);
        get(annotator, "/api/v1/series/" + id + "/points.csv").statusCode(403);
        get(annotator, "/api/v1/projects/" + project + "/series/points.zip").statusCode(403);
        get(annotator, "/api/v1/series/" + id + "/range").statusCode(200);
    }

    @Test
    void what_people_said_goes_out_with_the_series_they_said_it_of() {
        ActingAs.person(manager, () -> {
            var draft = imports.upload(project, "other.csv", new ByteArrayInputStream(("time,load\n"
                    + IntStream.range(0, 100).mapToObj(t -> START.plusSeconds(60L * t) + "," + t % 7 + "\n").collect(Collectors.joining())).getBytes(StandardCharsets.UTF_8)));
            imports.begin(project, draft.id());
            return draft;
        });
        Eventually.holds("both series are in", () -> store.ofProject(project).size() == 2);
        long item = sample.number("""
                insert into item (project_id, body, fingerprint, shuffle, series_id, point)
                values (?, '', decode(md5('one window'), 'hex'), 1, ?, 20) returning id""", project, id);
        sample.execute("""
                insert into resolution (project_id, item_id, outcome, class_id, origin, interval_from, interval_to)
                select project_id, ?, 'LABEL', id, 'PERSON', 20, 23 from label_class where project_id = ? and meaning = 'ANOMALY'""", item, project);
        get(manager, "/api/v1/projects/" + project + "/series/regions.json").statusCode(200)
                .body("find { it.data.series == 'plant' }.annotations[0].result", hasSize(1))
                .body("find { it.data.series == 'plant' }.annotations[0].result[0].value.end", equalTo("2024-03-01T00:22:00Z"))
                .body("find { it.data.series == 'other' }.annotations", hasSize(0));
        String[] lines = get(manager, "/api/v1/series/" + id + "/points.csv").statusCode(200).extract().asString().split("\\R");
        assertEquals(List.of(true, false), List.of(lines[23].endsWith(",anomaly,person"), lines[24].endsWith(",anomaly,person")), lines[23]);
        get(manager, "/api/v1/projects/" + project + "/series/intervals.json").statusCode(200).body("'plant.csv'", hasSize(1)).body("'other.csv'", hasSize(0));
    }

    @Test
    void strangers_and_the_signed_out_get_nothing() {
        User stranger = sample.person("stranger");
        for (String path : List.of("", "/range", "/events", "/points.csv", "/points.parquet")) {
            get(stranger, "/api/v1/series/" + id + path).statusCode(404).contentType(startsWith("application/problem+json"));
            given().get("/api/v1/series/" + id + path).then().statusCode(401);
        }
        get(stranger, "/api/v1/series/999999999").statusCode(404);
        get(stranger, "/api/v1/projects/" + project + "/series/intervals.json").statusCode(404);
    }

    private ValidatableResponse get(User user, String path) {
        return given().cookie("laudable", signIn(user)).get(path).then();
    }

    private String signIn(User user) {
        sample.execute("update account set password_hash = ? where id = ?", BcryptUtil.bcryptHash(PASSWORD, 4), user.id());
        return given().redirects().follow(false).formParam("j_username", user.username()).formParam("j_password", PASSWORD)
                .post("/j_security_check").then().statusCode(302).extract().cookie("laudable");
    }
}
