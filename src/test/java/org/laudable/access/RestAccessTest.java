package org.laudable.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Cookies;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.laudable.access.AccessMatrix.Kind;
import org.laudable.access.AccessMatrix.Needs;
import org.laudable.api.CsrfToken;
import org.laudable.security.ActingAs;
import org.laudable.security.ForTokens;
import org.laudable.security.NewToken;
import org.laudable.security.People;
import org.laudable.security.TokenAction;
import org.laudable.security.TokenService;
import org.laudable.security.User;
import org.laudable.testing.Sample;

/** Every route lets in whom the matrix says and nobody else, over HTTP; and a token only where it is for. */
@QuarkusTest
class RestAccessTest {
    private static final boolean DISCOVERING = Boolean.getBoolean("access.discover");
    private static final List<Needs> CALLERS = List.of(Needs.NOBODY, Needs.PERSON, Needs.ANNOTATOR, Needs.REVIEWER, Needs.MANAGER, Needs.ADMIN);

    @Inject Sample sample;
    @Inject People people;
    @Inject CsrfToken csrf;
    @Inject TokenService tokens;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Needs, Cookies> sessions = new EnumMap<>(Needs.class);
    private Actors actors;
    private Map<String, Long> project;

    private record Route(String name, String method, String path, Method code) {
        Set<TokenAction> token() {
            ForTokens onMethod = code.getAnnotation(ForTokens.class);
            ForTokens found = onMethod == null ? code.getDeclaringClass().getAnnotation(ForTokens.class) : onMethod;
            return found == null ? Set.of() : Set.of(found.value());
        }
    }

    @BeforeEach
    void one_of_each_kind_of_caller_is_signed_in() {
        actors = new Actors(sample);
        for (Needs who : CALLERS) {
            actors.user(who).ifPresent(user -> sessions.put(who, People.session(people.withPassword(user))));
        }
    }

    @Test
    void every_route_lets_in_whom_the_matrix_says() throws Exception {
        Map<String, Route> routes = routes();
        AccessMatrix matrix = AccessMatrix.read();
        List<String> wrong = new ArrayList<>(DISCOVERING ? List.of() : matrix.differences(Kind.REST, routes.keySet()));
        int calls = 0;
        for (Route route : routes.values()) {
            Needs expected = matrix.of(Kind.REST).get(route.name());
            Needs least = null;
            for (Needs who : CALLERS) {
                HttpResponse<String> answer = bySession(route, who);
                calls++;
                boolean in = !keptOut(route, answer);
                project = in ? null : project;
                if (in && least == null) {
                    least = who;
                    if (answer.statusCode() == 400 || answer.statusCode() >= 500) {
                        wrong.add(route.name() + " was not really called: " + answer.statusCode() + " " + answer.body());
                    }
                } else if (!in && least != null) {
                    wrong.add(route.name() + " lets in " + least + " and keeps out " + who + ": " + answer.statusCode() + " " + answer.body());
                } else if (!in && answer.statusCode() == 401 && who != Needs.NOBODY) {
                    wrong.add(route.name() + " does not know " + who);
                }
            }
            if (DISCOVERING && expected != least) {
                System.out.println("REST," + route.name() + "," + least + ",");
            } else if (!DISCOVERING && expected != null && least != expected) {
                wrong.add(route.name() + " lets in " + least + ", the matrix says " + expected);
            }
        }
        System.out.println("Access matrix: " + routes.size() + " routes, " + calls + " calls");
        assertEquals(List.of(), wrong);
        assertTrue(calls >= 6 * 50, calls + " calls");
    }

    @Test
    void a_token_is_taken_only_for_what_it_is_for() throws Exception {
        List<String> wrong = new ArrayList<>();
        int calls = 0;
        for (Route route : routes().values()) {
            if (!route.path().startsWith("/api/")) {
                continue;
            }
            Set<TokenAction> all = EnumSet.complementOf(EnumSet.of(TokenAction.ADMIN)); // a manager cannot have such a token
            for (TokenAction missing : route.token().isEmpty() ? Set.of(TokenAction.ADMIN) : route.token()) {
                Set<TokenAction> others = EnumSet.copyOf(all);
                others.remove(missing);
                HttpResponse<String> answer = byToken(route, others);
                calls++;
                if (answer.statusCode() != 403) {
                    wrong.add(route.name() + " takes a token that is for " + others + ": " + answer.statusCode() + " " + answer.body());
                }
            }
            if (!route.token().isEmpty()) {
                calls++;
                HttpResponse<String> right = byToken(route, route.token());
                project = null;
                if (Set.of(400, 401, 403, 404).contains(right.statusCode())) {
                    wrong.add(route.name() + " does not take a token for " + route.token() + ": " + right.statusCode() + " " + right.body());
                }
            }
        }
        System.out.println("Tokens on routes: " + calls + " calls");
        assertEquals(List.of(), wrong);
    }

    @Test
    void a_session_writes_only_with_the_token_of_our_own_pages() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Route route : routes().values()) {
            if (route.method().equals("GET") || !route.path().startsWith("/api/")) {
                continue;
            }
            User admin = actors.user(Needs.ADMIN).orElseThrow();
            HttpResponse<String> bare = send(request(route).header("Cookie", cookies(Needs.ADMIN)));
            HttpResponse<String> elsewhere = send(request(route).header("Cookie", cookies(Needs.ADMIN)).header(CsrfToken.HEADER, csrf.of(admin))
                    .header("Origin", "https://elsewhere.example"));
            if (bare.statusCode() != 403 || elsewhere.statusCode() != 403) {
                wrong.add(route.name() + ": " + bare.statusCode() + ", from another site " + elsewhere.statusCode());
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Without single sign-on in this test its door says that it is not there, to everybody. */
    private static boolean keptOut(Route route, HttpResponse<String> answer) {
        return answer.statusCode() == 401 || answer.statusCode() == 403 || answer.statusCode() == 404 && route.path().startsWith("/api/");
    }

    @Test
    void no_documented_route_takes_a_field_it_does_not_name() throws Exception {
        List<String> wrong = new ArrayList<>();
        String description = Files.readString(java.nio.file.Path.of("docs", "openapi.json"));
        int calls = 0;
        for (Route route : routes().values()) {
            String body = RouteBodies.of(route.name(), project());
            if (!description.contains('"' + route.path() + '"') || !body.startsWith("{") || !RouteBodies.type(route.name()).equals("application/json")) {
                continue;
            }
            calls++;
            User admin = actors.user(Needs.ADMIN).orElseThrow();
            HttpResponse<String> answer = send(request(route, "{\"admin\": true, " + body.substring(1)).header("Cookie", cookies(Needs.ADMIN))
                    .header(CsrfToken.HEADER, csrf.of(admin)));
            if (answer.statusCode() != 400) {
                wrong.add(route.name() + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        System.out.println("Fields too many: " + calls + " routes");
        assertEquals(List.of(), wrong);
        assertTrue(calls >= 12, calls + " calls");
    }

    private HttpResponse<String> bySession(Route route, Needs who) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(route);
        actors.user(who).ifPresent(user -> request.header("Cookie", cookies(who)).header(CsrfToken.HEADER, csrf.of(user)));
        return send(request);
    }

    private HttpResponse<String> byToken(Route route, Set<TokenAction> actions) throws IOException, InterruptedException {
        User owner = actors.user(actions.contains(TokenAction.ADMIN) ? Needs.ADMIN : Needs.MANAGER).orElseThrow();
        sample.execute("delete from api_token where account_id = ?", owner.id());
        String secret = ActingAs.person(owner, () -> tokens.create(new NewToken("one", actions, Optional.empty(), 1)).secret());
        return send(request(route).header("Authorization", "Bearer " + secret));
    }

    private HttpRequest.Builder request(Route route) {
        return request(route, RouteBodies.of(route.name(), project()));
    }

    private HttpRequest.Builder request(Route route, String body) {
        Map<String, Long> ids = project();
        String path = route.path();
        for (Map.Entry<String, Long> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue().toString());
        }
        path = path.replace("/series/{id}", "/series/" + ids.get("seriesId")).replace("{version}", "sample");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path + RouteBodies.query(route.name(), ids)));
        if (route.method().equals("PATCH")) {
            request.header("If-Match", "\"v0\"");
        }
        request.method(route.method(), body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", RouteBodies.type(route.name()));
        }
        return request;
    }

    /** Made in one go, and used until somebody was let in: whoever is kept out changes nothing. */
    private Map<String, Long> project() {
        if (project == null) {
            project = QuarkusTransaction.requiringNew().call(() -> {
                actors.nextProject();
                return new SampleProject(sample, actors).ids();
            });
        }
        return project;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String cookies(Needs who) {
        return sessions.get(who).asList().stream().map(cookie -> cookie.getName() + "=" + cookie.getValue()).collect(Collectors.joining("; "));
    }

    private static Map<String, Route> routes() {
        Map<String, Route> routes = new TreeMap<>();
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            if (!type.getName().startsWith("org.laudable.") || !type.isAnnotationPresent(Path.class) || !ServiceAccessTest.inProduct(type)) {
                continue;
            }
            for (Method code : type.getDeclaredMethods()) {
                Arrays.stream(code.getAnnotations()).map(one -> one.annotationType().getAnnotation(HttpMethod.class)).filter(Objects::nonNull).findFirst()
                        .ifPresent(verb -> {
                            String path = path(type.getAnnotation(Path.class)) + path(code.getAnnotation(Path.class));
                            routes.put(verb.value() + " " + path, new Route(verb.value() + " " + path, verb.value(), path, code));
                        });
            }
        }
        return routes;
    }

    private static String path(Path path) {
        return path == null || path.value().equals("/") ? "" : (path.value().startsWith("/") ? "" : "/") + path.value();
    }
}
