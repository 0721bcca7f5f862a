package org.laudable.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laudable.project.ClassService.NewClass;

class PastedClassesTest {

    @Test
    void each_line_is_a_class_with_its_description_after_a_dash_or_tab() {
        assertEquals(List.of(new NewClass("Dairy", "milk, cheese – and butter"), new NewClass("Non-food", ""), new NewClass("Fruit", "fresh"),
                        new NewClass("Meat", "beef"), new NewClass("Fish", "")),
                PastedClasses.parse("Dairy – milk, cheese – and butter\n\nNon-food\n- Fruit - fresh\n2. Meat\tbeef\n  Fish  \n"));
    }

    @Test
    void nothing_pasted_is_no_class() {
        assertEquals(List.of(), PastedClasses.parse(" \n\n"));
    }
}
