package org.laudable.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.laudable.testing.Eventually;

/**
 * A browser outside the containers' network signs in through the balancer by Keycloak, each under the address the compose file
 * publishes, and is out when Keycloak says so.
 */
final class SignInOverBalancer {
    private static final String PERSON = "{\"username\": \"kim\", \"enabled\": true, \"firstName\": \"Kim\", \"lastName\": \"Keys\", \"email\": \"kim@example.org\","
            + " \"emailVerified\": true, \"credentials\": [{\"type\": \"password\", \"value\": \"kim-keycloak\", \"temporary\": false}]}";
    private static final String PASSWORD = "a long enough sentence";
    private static final String SITE = "http://localhost:8080";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String keycloak;
    private final String balancer;
    private final String adminPassword;

    /** @param keycloak its address in the containers' network; @param balancer that one's */
    SignInOverBalancer(String keycloak, String balancer, String adminPassword) {
        this.keycloak = keycloak;
        this.balancer = balancer;
        this.adminPassword = adminPassword;
    }

    /** Fails if any step does not come about. @param code what a fresh server says on its console */
    void run(String code) throws IOException, InterruptedException {
        Eventually.holds("Keycloak is done with its first start, which it calls healthy before", () -> statusOf("/realms/laudable") == 200);
        String token = json.readTree(send("POST", "/realms/master/protocol/openid-connect/token", "application/x-www-form-urlencoded", "",
                "grant_type=password&client_id=admin-cli&username=admin&password=" + adminPassword)).path("access_token").asText();
        send("POST", "/admin/realms/laudable/users", "application/json", token, PERSON);
        String id = json.readTree(send("GET", "/admin/realms/laudable/users?exact=true&username=kim", "application/json", token, "")).path(0).path("id").asText();
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                                "--host-resolver-rules=MAP localhost:8080 " + balancer + ":8080,MAP localhost:8180 " + keycloak + ":8080")))) {
            Page page = browser.newPage();
            createFirstAdmin(page, code);
            page.navigate(SITE + "/profile");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Keycloak")).click();
            page.locator("#username").fill("kim");
            page.locator("#password").fill("kim-keycloak");
            page.locator("#kc-login").click();
            page.waitForURL(SITE + "/profile");
            Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).first();
            name.waitFor();
            System.out.println("Signed in by Keycloak through the balancer as " + name.inputValue());
            long since = System.nanoTime();
            send("POST", "/admin/realms/laudable/users/" + id + "/logout", "application/json", token, "");
            page.waitForURL(url -> url.contains("/login"), new Page.WaitForURLOptions().setTimeout(60_000));
            System.out.printf("Signed out at Keycloak: at the sign-in page %.1f s later%n", (System.nanoTime() - since) / 1e9);
        }
    }

    /** Then there is a sign-in page, and nobody is signed in. */
    private static void createFirstAdmin(Page page, String code) {
        page.navigate(SITE + "/welcome");
        Map.of("One-time code", code, "Name", "Ada", "User name", "ada", "New password", PASSWORD, "The same again", PASSWORD)
                .forEach((label, text) -> page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).and(page.locator("input")).first().fill(text));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create account and sign in")).click();
        page.waitForURL(url -> !url.contains("/welcome"));
        page.context().clearCookies();
    }

    private int statusOf(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://" + keycloak + ":8080" + path)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String send(String method, String path, String type, String token, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://" + keycloak + ":8080" + path)).header("Content-Type", type)
                .header("Authorization", token.isEmpty() ? "none" : "Bearer " + token).method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
