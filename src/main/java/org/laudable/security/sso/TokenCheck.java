package org.laudable.security.sso;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * Whether a token is the provider's and meant for us: its signature by one of the provider's keys, issuer, audience, time.
 * A logout token by OpenID Connect Back-Channel Logout 1.0, section 2.6.
 */
final class TokenCheck {
    private static final AlgorithmConstraints PUBLIC_KEYS = new AlgorithmConstraints(ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.RSA_USING_SHA384, AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.RSA_PSS_USING_SHA384, AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512, AlgorithmIdentifiers.EDDSA);
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int SKEW_SECONDS = 60;
    private static final long OLDEST_LOGOUT_SECONDS = 300;

    private final String issuer;
    private final String clientId;
    private final VerificationKeyResolver keys;
    private final Clock clock;

    TokenCheck(String issuer, String clientId, VerificationKeyResolver keys, Clock clock) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws InvalidJwtException if it is not the provider's token about somebody for us */
    ProviderClaims person(String idToken, String accessToken) throws InvalidJwtException {
        JwtClaims id = consumer().setExpectedAudience(clientId).setRequireExpirationTime().setRequireSubject().build().processToClaims(idToken);
        return ProviderClaims.of(id, accessToken == null ? Optional.empty() : access(accessToken, id));
    }

    /** What the access token adds; nothing if it is not readable, not the provider's or not about the same person. */
    private Optional<JwtClaims> access(String accessToken, JwtClaims id) {
        try {
            JwtClaims claims = consumer().setSkipDefaultAudienceValidation().setRequireExpirationTime().build().processToClaims(accessToken);
            return Optional.of(claims).filter(found -> id.getClaimValueAsString("sub").equals(found.getClaimValueAsString("sub")));
        } catch (InvalidJwtException e) {
            return Optional.empty(); // opaque: the provider's own business
        }
    }

    /** @throws InvalidJwtException if it ends nothing */
    LogoutToken logout(String token) throws InvalidJwtException {
        var context = consumer().setExpectedAudience(clientId).setRequireIssuedAt().setRequireJwtId()
                .registerValidator((Validator) checked -> refusal(checked.getJwtClaims())).build().process(token);
        try {
            JwtClaims claims = context.getJwtClaims();
            return new LogoutToken(claims.getJwtId(), Optional.ofNullable(claims.getStringClaimValue("sid")),
                    Optional.ofNullable(claims.getSubject()));
        } catch (MalformedClaimException e) {
            throw new InvalidJwtException("A claim is malformed", new ErrorCodeValidator.Error(ErrorCodes.MISCELLANEOUS, "malformed"), e, context);
        }
    }

    /** What is wrong with a logout token; null if nothing is. */
    private String refusal(JwtClaims claims) throws MalformedClaimException {
        if (claims.hasClaim("nonce")) {
            return "A logout token has no nonce: this is another kind of token";
        }
        if (!(claims.getClaimValue("events") instanceof Map<?, ?> events) || !(events.get(LOGOUT_EVENT) instanceof Map<?, ?>)) {
            return "It does not say that somebody is signed out";
        }
        if (!claims.hasClaim("sid") && claims.getSubject() == null) {
            return "It names neither session nor person";
        }
        long age = clock.instant().getEpochSecond() - claims.getIssuedAt().getValue();
        return age > OLDEST_LOGOUT_SECONDS || age < -SKEW_SECONDS ? "It was not issued just now" : null;
    }

    private JwtConsumerBuilder consumer() {
        return new JwtConsumerBuilder().setExpectedIssuer(issuer).setVerificationKeyResolver(keys)
                .setJwsAlgorithmConstraints(PUBLIC_KEYS).setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()));
    }
}
