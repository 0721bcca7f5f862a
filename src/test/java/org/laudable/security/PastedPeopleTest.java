package org.laudable.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laudable.security.PastedPeople.Problem;

class PastedPeopleTest {

    @Test
    void a_line_with_name_and_email_is_a_person_named_after_the_email() {
        assertEquals(List.of(new NewPerson("ada.l", "Ada Lovelace", "ada.l@example.org", false)), people("Ada Lovelace, Ada.L@Example.org"));
    }

    @Test
    void tabs_semicolons_angle_brackets_and_the_other_order_are_understood() {
        NewPerson ada = new NewPerson("ada", "Ada Lovelace", "ada@example.org", false);

        assertEquals(List.of(ada), people("Ada Lovelace\tada@example.org"));
        assertEquals(List.of(ada), people("Ada Lovelace; ada@example.org"));
        assertEquals(List.of(ada), people("Ada Lovelace <ada@example.org>"));
        assertEquals(List.of(ada), people("ada@example.org, Ada Lovelace"));
        assertEquals(List.of(ada), people("\"Ada Lovelace\", \"ada@example.org\""));
    }

    @Test
    void without_an_email_the_user_name_is_made_of_the_name() {
        assertEquals("aenne.gross", people("Änne Groß").getFirst().username());
        assertEquals("jose.nunez", people("José Núñez").getFirst().username());
    }

    @Test
    void each_bad_line_says_what_is_wrong_and_the_others_stay_good() {
        PastedPeople list = PastedPeople.parse("""
                Ada Lovelace, ada@example.org

                nobody@example.org
                Carl Sagan, carl@example
                李
                Ada Again, ada@elsewhere.org
                """);

        assertEquals(List.of(Optional.empty(), Optional.of(Problem.NO_NAME), Optional.of(Problem.BAD_EMAIL),
                        Optional.of(Problem.BAD_USERNAME), Optional.of(Problem.TWICE)),
                list.lines().stream().map(PastedPeople.Line::problem).toList());
        assertEquals(List.of(1, 3, 4, 5, 6), list.lines().stream().map(PastedPeople.Line::number).toList());
        assertEquals(1, list.people().size());
    }

    @Test
    void more_than_500_lines_are_cut_there() {
        PastedPeople list = PastedPeople.parse(IntStream.range(0, 501).mapToObj(i -> "Person P" + i).collect(Collectors.joining("\n")));

        assertEquals(500, list.people().size());
        assertEquals(Optional.of(Problem.TOO_MANY), list.lines().getLast().problem());
    }

    @Test
    void markup_stays_text_and_makes_no_account_with_it_in_its_name() {
        assertTrue(PastedPeople.parse("<script>alert(1)</script>, x@example.org").people().stream()
                .allMatch(person -> person.username().equals("x")));
    }

    private static List<NewPerson> people(String pasted) {
        return PastedPeople.parse(pasted).people();
    }
}
