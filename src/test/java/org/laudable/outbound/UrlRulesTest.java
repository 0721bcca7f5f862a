package org.laudable.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laudable.Refused;

class UrlRulesTest {
    private static final UrlRules CLOSED = new UrlRules(List.of(), "LAUDABLE_X", InetAddress::getAllByName);

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/v1", "https://127.1.2.3", "http://10.0.0.5:8000", "http://192.168.1.1", "http://172.31.0.1",
            "http://169.254.169.254/latest/meta-data", "http://[::1]:11434", "http://[fe80::1]", "http://[fd00::1]", "http://0.0.0.0",
            "http://[::ffff:127.0.0.1]", "http://[64:ff9b::7f00:1]", "http://[2002:7f00:1::]", "http://100.64.1.1", "http://198.18.0.1",
            "http://224.0.0.1", "http://255.255.255.255", "http://localhost:11434"})
    void private_and_special_addresses_are_refused(String url) {
        assertTrue(assertThrows(Refused.class, () -> CLOSED.check(url)).getMessage().contains("not allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://8.8.8.8/x", "file:///etc/passwd", "gopher://8.8.8.8", "//8.8.8.8/v1", "8.8.8.8", "https://user:pw@8.8.8.8/",
            "https://8.8.8.8/#a", "https:///v1", "https://8.8.8.8 /v1", "jar:http://8.8.8.8!/"})
    void other_schemes_and_forms_are_refused(String url) {
        assertThrows(Refused.class, () -> CLOSED.check(url));
    }

    @Test
    void public_addresses_and_listed_ranges_pass() {
        CLOSED.check("https://8.8.8.8/v1");
        CLOSED.check("https://[2606:4700::1111]/v1");
        UrlRules open = new UrlRules(List.of("127.0.0.1/32", "10.1.0.0/16"), "LAUDABLE_X", InetAddress::getAllByName);
        open.check("http://127.0.0.1:8190/v1");
        open.check("http://10.1.200.3/v1");
        assertThrows(Refused.class, () -> open.check("http://127.0.0.2/v1"));
        assertThrows(Refused.class, () -> open.check("http://10.2.0.1/v1"));
    }

    @Test
    void one_private_address_among_public_ones_is_enough_to_refuse() {
        UrlRules rules = new UrlRules(List.of(), "LAUDABLE_X", host -> addresses("8.8.8.8", "10.0.0.1"));
        assertThrows(Refused.class, () -> rules.check("https://mixed.example/v1"));
    }

    @Test
    void a_name_that_changes_its_address_is_checked_again_and_the_checked_address_is_the_one_connected_to() throws UnknownHostException {
        Deque<String> answers = new ArrayDeque<>(List.of("8.8.8.8", "8.8.4.4", "127.0.0.1"));
        UrlRules rules = new UrlRules(List.of(), "LAUDABLE_X", host -> addresses(answers.pop()));
        rules.check("https://rebinding.example/v1");
        assertEquals(InetAddress.getByName("8.8.4.4"), rules.target("https://rebinding.example/v1").address());
        assertThrows(Refused.class, () -> rules.target("https://rebinding.example/v1"));
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] all = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            all[i] = InetAddress.getByName(literals[i]);
        }
        return all;
    }
}
