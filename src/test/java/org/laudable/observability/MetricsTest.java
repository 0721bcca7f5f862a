package org.laudable.observability;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A collector with the token reads the meters that operators are told of in the guide. */
@QuarkusTest
class MetricsTest {
    private static final String TOKEN = "a-token-of-tests-for-collectors";

    @Test
    void a_collector_with_the_token_reads_every_meter_of_the_guide() {
        String found = given().header("Authorization", "Bearer " + TOKEN).get("/q/metrics").then().statusCode(200).extract().asString();

        for (String meter : List.of("laudable_jobs_waiting{kind=\"dataset.import\"", "laudable_jobs_running{kind=\"dataset.import\"",
                "laudable_jobs_oldest_seconds{kind=\"dataset.import\"", "laudable_next_seconds_bucket", "laudable_save_seconds_bucket", "laudable_leases_total",
                "laudable_answers_total{kind=\"LABEL\"", "laudable_pages_open", "laudable_import_rows_total", "agroal_active_count", "jvm_memory_used_bytes")) {
            assertTrue(found.contains(meter), meter + " is not among\n" + found);
        }
    }

    @Test
    void another_token_or_none_reads_nothing() {
        assertEquals(401, given().redirects().follow(false).header("Authorization", "Bearer " + TOKEN + "x").get("/q/metrics").statusCode());
        assertEquals(401, given().redirects().follow(false).get("/q/metrics").statusCode());
    }

    @Test
    void the_token_opens_nothing_else() {
        assertEquals(401, given().redirects().follow(false).header("Authorization", "Bearer " + TOKEN).get("/q/openapi").statusCode());
    }
}
