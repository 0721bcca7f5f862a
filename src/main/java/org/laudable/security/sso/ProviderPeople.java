package org.laudable.security.sso;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.UserRepresentation;
import org.laudable.LaudableConfig;
import org.laudable.Refused;
import org.laudable.security.CurrentUser;
import org.laudable.security.ProviderPerson;

/** Finds people in Keycloak, with the rights of Laudable's own client there. */
@ApplicationScoped
public class ProviderPeople {
    /** So many are found at most. */
    public static final int MOST = 20;
    private static final Logger LOG = Logger.getLogger(ProviderPeople.class);
    private static final Pattern REALM = Pattern.compile("(https?://.+)/realms/([^/]+)/?");

    private final Provider provider;
    private final LaudableConfig config;
    private final CurrentUser currentUser;

    ProviderPeople(Provider provider, LaudableConfig config, CurrentUser currentUser) {
        this.provider = provider;
        this.config = config;
        this.currentUser = currentUser;
    }

    /**
     * People whose user name, name or e-mail holds this text, at most {@link #MOST}.
     *
     * @throws Refused if Keycloak cannot be asked
     */
    public List<ProviderPerson> find(String text) {
        currentUser.requireAdmin();
        if (!provider.isConfigured() || !config.oidc().findPeople()) {
            throw new Refused("People cannot be found at the provider: laudable.oidc.find-people is off.");
        }
        String realm = realm().orElseThrow(() -> new Refused("People can be found in Keycloak only, and " + provider.address() + " is no realm of one."));
        try (Keycloak keycloak = client()) {
            return keycloak.realm(realm).users().search(text.strip(), 0, MOST).stream()
                    .filter(user -> Boolean.TRUE.equals(user.isEnabled())).map(this::person).toList();
        } catch (WebApplicationException | ProcessingException e) {
            LOG.warn("Keycloak could not be asked for people", e);
            throw new Refused("Keycloak did not answer, or its client '" + provider.clientId()
                    + "' lacks the roles view-users and query-users of realm-management.");
        }
    }

    /** Those of the given people, by subject, whom Keycloak has disabled or knows no more. For background work. */
    List<String> gone(Collection<String> subjects) {
        Optional<String> realm = realm();
        if (subjects.isEmpty() || realm.isEmpty() || !config.oidc().findPeople()) {
            return List.of();
        }
        try (Keycloak keycloak = client()) {
            UsersResource users = keycloak.realm(realm.get()).users();
            return subjects.stream().filter(subject -> isGone(users, subject)).toList();
        } catch (WebApplicationException | ProcessingException e) {
            LOG.debugf(e, "Keycloak could not be asked who is still there; tried again later");
            return List.of();
        }
    }

    private static boolean isGone(UsersResource users, String subject) {
        try {
            return !Boolean.TRUE.equals(users.get(subject).toRepresentation().isEnabled());
        } catch (NotFoundException e) {
            return true;
        }
    }

    private Optional<String> realm() {
        return Optional.of(REALM.matcher(provider.address())).filter(Matcher::matches).map(found -> found.group(2));
    }

    private Keycloak client() {
        Matcher realm = REALM.matcher(provider.address());
        if (!realm.matches()) {
            throw new IllegalStateException("Not a realm of Keycloak: " + provider.address());
        }
        return KeycloakBuilder.builder().serverUrl(realm.group(1)).realm(realm.group(2)).grantType(OAuth2Constants.CLIENT_CREDENTIALS)
                .clientId(provider.clientId()).clientSecret(provider.secret().orElse("")).build();
    }

    private ProviderPerson person(UserRepresentation user) {
        String name = Stream.of(user.getFirstName(), user.getLastName()).filter(part -> part != null && !part.isBlank())
                .collect(Collectors.joining(" "));
        return new ProviderPerson(provider.issuer(), user.getId(), user.getUsername(),
                name.isEmpty() ? user.getUsername() : name, user.getEmail());
    }
}
