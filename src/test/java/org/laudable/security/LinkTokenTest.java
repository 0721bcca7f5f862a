package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class LinkTokenTest {

    @Test
    void it_holds_256_random_bits_and_fits_an_address() {
        LinkToken token = LinkToken.random();

        assertEquals(32, Base64.getUrlDecoder().decode(token.text()).length);
        assertTrue(token.text().matches("[A-Za-z0-9_-]{43}"));
        assertNotEquals(token, LinkToken.random());
    }

    @Test
    void what_is_stored_is_its_sha_256() {
        assertArrayEquals(HexFormat.of().parseHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                new LinkToken("abc").hash());
    }
}
