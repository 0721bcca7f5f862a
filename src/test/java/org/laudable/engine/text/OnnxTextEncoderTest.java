package org.laudable.engine.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laudable.engine.linear.MatrixProduct;

class OnnxTextEncoderTest {

    private static OnnxTextEncoder encoder;

    @BeforeAll
    static void load() {
        encoder = OnnxTextEncoder.bgeSmall();
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void texts_of_one_meaning_are_closer_than_texts_of_different_ones() {
        float[] lost = encoder.encode("I have lost my credit card");
        double same = MatrixProduct.dot(lost, encoder.encode("My bank card went missing"));
        double other = MatrixProduct.dot(lost, encoder.encode("Cheese, cheddar, sharp, sliced"));
        assertTrue(same > other + .2, same + " against " + other);
    }

    @Test
    void vectors_have_length_one_and_do_not_depend_on_batch_or_thread() {
        List<String> texts = IntStream.range(0, 24).mapToObj(i -> "Soup, number " + i + ", canned".repeat(i % 5)).toList();
        float[][] bulk = encoder.encodeAll(texts);
        for (int i = 0; i < bulk.length; i++) {
            assertEquals(384, bulk[i].length);
            assertEquals(1, MatrixProduct.dot(bulk[i], bulk[i]), 1e-5);
            assertArrayEquals(encoder.encode(texts.get(i)), bulk[i]);
        }
    }

    @Test
    void a_megabyte_counts_as_its_beginning() {
        String beginning = "butter ".repeat(1_500);
        assertArrayEquals(encoder.encode(beginning), encoder.encode(beginning + "x".repeat(1_000_000)), 1e-6f);
        assertEquals(1, length(encoder.encode("\u0000".repeat(1_000_000))), 1e-5);
    }

    @Test
    void empty_broken_and_foreign_texts_have_vectors() {
        for (String text : List.of("", " ", "\ud83d", "\ud83d\ude00 party", "مرحبا بالعالم", "<b>&amp;</b>", "=1+1", "\u0007\ufffe")) {
            assertEquals(1, length(encoder.encode(text)), 1e-5, text);
        }
    }

    private static double length(float[] v) {
        return MatrixProduct.dot(v, v);
    }
}
