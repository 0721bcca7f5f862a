package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NormalizedTextTest {

    @Test
    void case_width_ligatures_and_white_space_do_not_matter() {
        NormalizedText plain = NormalizedText.of("fish fillet no 5");
        assertEquals(plain, NormalizedText.of("  Fi\u0073h\u00a0\u3000ﬁllet\tNo\n５ "));
        assertArrayEquals(plain.fingerprint(), NormalizedText.of("FISH  FILLET NO 5").fingerprint());
    }

    @Test
    void accents_and_punctuation_do_matter() {
        assertNotEquals(NormalizedText.of("pâté"), NormalizedText.of("pate"));
        assertNotEquals(NormalizedText.of("salt, iodized"), NormalizedText.of("salt iodized"));
        assertEquals(NormalizedText.of("pa\u0302te\u0301"), NormalizedText.of("pâté"));
    }

    @Test
    void the_fingerprint_is_the_first_half_of_sha_256() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223", NormalizedText.of("ABC").fingerprintHex());
        assertArrayEquals(HexFormat.of().parseHex("e3b0c44298fc1c149afbf4c8996fb924"), NormalizedText.of(" \n ").fingerprint());
    }

    @Test
    void shares_are_even_depend_on_the_salt_and_are_equal_for_equal_texts() {
        long low = IntStream.range(0, 4_000).filter(i -> NormalizedText.of("text " + i).share("test 1") < .2).count();
        assertEquals(800, low, 100);
        assertEquals(NormalizedText.of("A b").share("x"), NormalizedText.of("a  B").share("x"));
        assertNotEquals(NormalizedText.of("a").share("x"), NormalizedText.of("a").share("y"));
        long chooses = IntStream.range(0, 4_000)
                .filter(i -> NormalizedText.of("text " + i).auditHalf() == NormalizedText.AuditHalf.CHOOSES).count();
        assertEquals(2_000, chooses, 130);
    }
}
