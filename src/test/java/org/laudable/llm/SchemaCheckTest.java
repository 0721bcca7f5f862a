package org.laudable.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {
    private static final JsonObjectSchema SCHEMA = JsonObjectSchema.builder().addProperty("answers", JsonArraySchema.builder()
            .items(JsonObjectSchema.builder().addProperty("id", JsonIntegerSchema.builder().build())
                    .addProperty("class", JsonEnumSchema.builder().enumValues("a", "b").build())
                    .addProperty("confidence", JsonNumberSchema.builder().build()).required("id", "class").build()).build())
            .required("answers").build();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_bad_element_is_left_out_and_its_neighbours_stay() {
        SchemaCheck check = new SchemaCheck();

        JsonNode valid = check.valid(json("{'answers':[{'id':1,'class':'a'},{'id':2,'class':'A'},{'id':'3','class':'b'},{'class':'a'},"
                + "{'id':5,'class':'b','confidence':0.5,'why':'x'},7,{'id':6,'class':'a','confidence':'high'}],'more':1}"), SCHEMA).orElseThrow();

        assertEquals(json("{'answers':[{'id':1,'class':'a'},{'id':5,'class':'b','confidence':0.5}]}"), valid);
        assertEquals(5, check.dropped().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "'yes'", "{'answers':{}}", "{'answers':null}", "{'answer':[]}"})
    void another_form_is_no_answer(String answer) {
        assertEquals(Optional.empty(), new SchemaCheck().valid(json(answer), SCHEMA));
    }

    @Test
    void a_fence_around_json_is_taken_off() {
        assertEquals("{}", Outcome.withoutFence("```json\n{}\n```").strip());
        assertTrue(Outcome.withoutFence("{\"a\":1}").startsWith("{"));
    }
}
