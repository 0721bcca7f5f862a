package org.laudable.load;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names of foods, public domain, each told in many ways, so that no text is like another; the group of each is known. */
final class FoodTexts {
    private static final String[] WHERE = {"from the market hall", "for the canteen", "as ordered by the kitchen", "at the corner shop", "in the school's store", "for the camp",
            "off the menu", "on the shopping list", "for the hospital ward", "from the wholesaler", "for tomorrow's lunch", "in the pantry"};
    private static final String[] HOW = {"two boxes", "a sample", "one crate", "a small pack", "half a pallet", "a single portion", "the usual amount", "a test delivery", "three bags", "a tin",
            "a family pack", "ten pieces"};

    /** @param text as nobody else has it */
    record Food(String text, String group) {}

    private final List<Food> foods = new ArrayList<>();

    FoodTexts() {
        try (var in = FoodTexts.class.getResourceAsStream("/samples/usda-foods.csv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(reader)) {
                foods.add(new Food(row.getField("text"), row.getField("label")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> groups() {
        return foods.stream().map(Food::group).distinct().sorted().toList();
    }

    /** The nth of very many; above a million or so they differ by a number. */
    Food get(int n) {
        Food food = foods.get(n % foods.size());
        int way = n / foods.size();
        String number = way < WHERE.length * HOW.length ? "" : ", lot " + way / (WHERE.length * HOW.length);
        return way == 0 ? food : new Food(HOW[way % HOW.length] + " of " + food.text() + " " + WHERE[way / HOW.length % WHERE.length] + number, food.group());
    }
}
