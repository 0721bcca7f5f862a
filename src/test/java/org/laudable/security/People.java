package org.laudable.security;

import static io.restassured.RestAssured.given;

import io.restassured.http.Cookies;
import io.restassured.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import org.laudable.testing.Sample;

/** People with passwords, for tests that sign in through the front door. */
@ApplicationScoped
public class People {
    static final String PASSWORD = "three small words";

    private final Sample sample;
    private final PasswordHashing hashing;

    People(Sample sample, PasswordHashing hashing) {
        this.sample = sample;
        this.hashing = hashing;
    }

    public User withPassword(User user) {
        sample.execute("update account set password_hash = ? where id = ?", hashing.hash(PASSWORD), user.id());
        return user;
    }

    static Response signIn(String username, String password) {
        return given().redirects().follow(false)
                .formParam("j_username", username).formParam("j_password", password)
                .post("/j_security_check");
    }

    public static Cookies session(User user) {
        Response answer = signIn(user.username(), PASSWORD);
        if (!"/".equals(answer.header("Location"))) {
            throw new AssertionError(user.username() + " could not sign in: " + answer.statusCode() + " " + answer.header("Location") + " " + answer.asString());
        }
        return answer.detailedCookies();
    }

    static Response whoAmI(Cookies cookies) {
        return given().redirects().follow(false).cookies(cookies).get("/api/test/who-am-i");
    }
}
