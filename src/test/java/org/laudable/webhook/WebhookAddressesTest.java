package org.laudable.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laudable.Refused;
import org.laudable.outbound.UrlRules;

/** Nobody makes this server call its own network through a webhook. */
class WebhookAddressesTest {
    private static final Set<Integer> PORTS = Set.of(443, 8443);
    private static final WebhookAddresses CLOSED = addresses(List.of(), InetAddress::getAllByName);

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0/", "https://localhost/",
            "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://100.100.100.200/",
            "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:169.254.169.254]/",
            "https://[64:ff9b::a9fe:a9fe]/", "https://[2002:7f00:1::]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/",
            "https://[ff02::1]/", "https://224.0.0.1/", "https://255.255.255.255/", "https://198.18.0.1/", "https://[::127.0.0.1]/"})
    void loopback_private_link_local_and_metadata_addresses_are_refused(String url) {
        assertThrows(Refused.class, () -> CLOSED.check(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://8.8.8.8/", "https://8.8.8.8:22/", "https://8.8.8.8:80/", "https://8.8.8.8:6379/", "https://8.8.8.8:0/", "https://8.8.8.8:70000/",
            "ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8:443/", "https://user@8.8.8.8/", "https://8.8.8.8/#x", "https://", "//8.8.8.8/",
            "https://8.8.8.8\\@127.0.0.1/", "https://8.8.8.8 /"})
    void no_encryption_other_ports_and_other_forms_are_refused(String url) {
        assertThrows(Refused.class, () -> CLOSED.check(url));
    }

    @Test
    void public_addresses_pass_and_listed_ones_also_without_encryption() {
        CLOSED.check("https://8.8.8.8/hook?key=1");
        CLOSED.check("https://[2606:4700::1111]:8443/");
        WebhookAddresses open = addresses(List.of("10.1.0.0/16"), InetAddress::getAllByName);
        open.check("http://10.1.2.3:9000/hook");
        assertThrows(Refused.class, () -> open.check("http://10.2.2.3:9000/hook"));
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_refuse() {
        WebhookAddresses mixed = addresses(List.of(), host -> ips("8.8.8.8", "192.168.0.7"));
        assertThrows(Refused.class, () -> mixed.check("https://mixed.example/"));
    }

    @Test
    void a_name_that_leads_elsewhere_by_the_time_of_sending_is_not_followed() {
        try (Receiver receiver = new Receiver(); Closing vertx = new Closing()) {
            Deque<String> leads = new ArrayDeque<>(List.of("8.8.8.8", "127.0.0.1"));
            WebhookAddresses rules = addresses(List.of(), host -> ips(leads.pop()));
            String url = "https://rebinding.example:8443/hook";
            rules.check(url);

            WebhookPost.Outcome outcome = post(rules, vertx).send(message(url));

            assertFalse(outcome.delivered());
            assertTrue(outcome.error().orElseThrow().contains("private address 127.0.0.1"), outcome.error().get());
            assertEquals(List.of(), receiver.requests());
        }
    }

    @Test
    void the_connection_goes_to_the_address_that_was_checked() {
        try (Receiver receiver = new Receiver(); Closing vertx = new Closing()) {
            Deque<String> leads = new ArrayDeque<>(List.of("127.0.0.1")); // asked a second time it would fail
            WebhookAddresses rules = addresses(List.of("127.0.0.1/32"), host -> ips(leads.pop()));

            WebhookPost.Outcome outcome = post(rules, vertx).send(message("http://receiver.example:" + receiver.port() + "/hook"));

            assertTrue(outcome.delivered(), outcome.toString());
            assertEquals("receiver.example:" + receiver.port(), receiver.requests().getFirst().header("host"));
        }
    }

    @Test
    void a_redirect_is_an_answer_that_is_no_success() {
        try (Receiver receiver = new Receiver(); Closing vertx = new Closing()) {
            receiver.replies(number -> new Receiver.Reply(302, "", Map.of("Location", receiver.url() + "/secret"), () -> { }));

            WebhookPost.Outcome outcome = post(addresses(List.of("127.0.0.1/32"), InetAddress::getAllByName), vertx).send(message(receiver.url()));

            assertEquals(302, outcome.status().orElseThrow());
            assertFalse(outcome.delivered());
            assertEquals(List.of("/hook"), receiver.requests().stream().map(Receiver.Request::path).toList());
        }
    }

    @Test
    void an_answer_is_cut_off() {
        try (Receiver receiver = new Receiver(); Closing vertx = new Closing()) {
            receiver.replies(number -> new Receiver.Reply(200, "x".repeat(1_000_000), Map.of(), () -> { }));

            WebhookPost.Outcome outcome = post(addresses(List.of("127.0.0.1/32"), InetAddress::getAllByName), vertx).send(message(receiver.url()));

            assertTrue(outcome.delivered());
            assertEquals("x".repeat(2_048), outcome.answer().orElseThrow());
        }
    }

    private static WebhookAddresses addresses(List<String> allowed, UrlRules.Resolver resolver) {
        return new WebhookAddresses(allowed, PORTS, resolver);
    }

    private static WebhookPost post(WebhookAddresses rules, Closing vertx) {
        return new WebhookPost(rules, vertx.vertx, Clock.systemUTC(), Duration.ofSeconds(20));
    }

    private static WebhookPost.Message message(String url) {
        return new WebhookPost.Message(url, List.of("whsec_" + "A".repeat(44)), "id", "ping", 1, "{}");
    }

    private static InetAddress[] ips(String... literals) throws UnknownHostException {
        InetAddress[] all = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            all[i] = InetAddress.getByName(literals[i]);
        }
        return all;
    }

    private static final class Closing implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();

        @Override
        public void close() {
            vertx.close();
        }
    }
}
