package org.laudable.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.restassured.RestAssured;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.laudable.client.ApiClient;
import org.laudable.security.ActingAs;
import org.laudable.security.NewToken;
import org.laudable.security.TokenAction;
import org.laudable.security.TokenService;
import org.laudable.security.User;

/** Clients of the REST API as programs use them: generated from its description, each with a token of its own. */
@ApplicationScoped
class Clients {
    private final TokenService tokens;

    Clients(TokenService tokens) {
        this.tokens = tokens;
    }

    String token(User person) {
        Set<TokenAction> all = EnumSet.allOf(TokenAction.class);
        if (!person.admin()) {
            all.remove(TokenAction.ADMIN);
        }
        return ActingAs.person(person, () -> tokens.create(new NewToken("client", all, Optional.empty(), 1)).secret());
    }

    ApiClient of(User person) {
        return with(token(person));
    }

    /** Of a token that is for this only. */
    ApiClient of(User person, Set<TokenAction> actions) {
        return with(ActingAs.person(person, () -> tokens.create(new NewToken("narrow", actions, Optional.empty(), 1)).secret()));
    }

    private static ApiClient with(String token) {
        ApiClient client = new ApiClient();
        client.setObjectMapper(client.getObjectMapper().registerModule(new SimpleModule().addSerializer(File.class, new Content())));
        client.updateBaseUri(address());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }

    static String address() {
        return "http://localhost:" + RestAssured.port;
    }

    /** The generated client writes every body as JSON; a file of lines goes as it is. */
    private static final class Content extends JsonSerializer<File> {
        @Override
        public void serialize(File file, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRaw(Files.readString(file.toPath()));
        }
    }
}
