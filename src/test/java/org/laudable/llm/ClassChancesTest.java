package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.laudable.llm.ChatReply.Alternative;
import org.laudable.llm.ChatReply.TokenChance;

class ClassChancesTest {
    private static final List<ClassOption> CLASSES = List.of(new ClassOption(1, "card lost", ""), new ClassOption(2, "card stolen", ""),
            new ClassOption(3, "refund", ""), new ClassOption(4, "other", ""));

    private static TokenChance token(String text, double probability, Alternative... alternatives) {
        return new TokenChance(text, Math.log(probability), List.of(alternatives));
    }

    @Test
    void the_chosen_class_has_the_product_of_its_tokens_and_others_what_their_beginning_had() {
        List<TokenChance> tokens = List.of(token("{\"answers\":[{\"id\":1,\"", 1), token("class\":", 1),
                token("\"card", .8, new Alternative("\"card", Math.log(.8)), new Alternative("\"ref", Math.log(.1))),
                token(" lost", .5), token("\"}]}", 1));

        Map<Long, Double> chances = new ClassChances(tokens).at(0, CLASSES.getFirst(), CLASSES).orElseThrow();

        assertEquals(.4, chances.get(1L), 1e-9);
        assertEquals(.1, chances.get(3L), 1e-9);
        assertEquals(.25, chances.get(2L), 1e-9);
        assertEquals(.25, chances.get(4L), 1e-9);
    }

    @Test
    void a_beginning_that_fits_two_classes_gives_neither_its_probability() {
        List<TokenChance> tokens = new ArrayList<>(List.of(token("{\"class\": \"", 1),
                token("refund", .6, new Alternative("card", Math.log(.3))), token("\"}", 1)));

        Map<Long, Double> chances = new ClassChances(tokens).at(0, CLASSES.get(2), CLASSES).orElseThrow();

        assertEquals(.6, chances.get(3L), 1e-9);
        assertEquals(.4 / 3, chances.get(1L), 1e-9);
    }

    @Test
    void tokens_that_do_not_show_the_class_give_nothing() {
        assertTrue(new ClassChances(List.of(token("{\"class\": \"other\"}", 1))).at(1, CLASSES.get(3), CLASSES).isEmpty());
        assertTrue(new ClassChances(List.of(token("{\"class\": \"other\"}", 1))).at(0, CLASSES.get(2), CLASSES).isEmpty());
        assertTrue(new ClassChances(List.of()).at(0, CLASSES.get(2), CLASSES).isEmpty());
    }
}
