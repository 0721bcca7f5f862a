package org.laudable.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Single sign-on, and whether local accounts stay. */
final class SignOnOptions {
    @Spec(Spec.Target.MIXEE) CommandSpec spec;

    @Option(names = "--oidc-issuer", paramLabel = "URL",
            description = "Single sign-on with this OpenID Connect provider; for Keycloak, its realm's address. The client's"
                    + " secret comes from LAUDABLE_OIDC_SECRET or --oidc-secret-file.")
    String issuer;

    @Option(names = "--oidc-reach-at", paramLabel = "URL",
            description = "Where this server reaches the provider, if browsers know it under another address; between containers.")
    String reachAt;

    @Option(names = "--oidc-client", paramLabel = "ID", description = "Laudable's name at the provider (default: laudable).")
    String client;

    @Option(names = "--oidc-secret-file", paramLabel = "FILE", description = "A file with the client's secret.")
    Path secretFile;

    @Option(names = "--oidc-name", paramLabel = "NAME", description = "What the button on the sign-in page names (default: Keycloak).")
    String providerName;

    @Option(names = "--oidc-find-people", description = "Administrators find people in Keycloak.")
    boolean findPeople;

    @Option(names = "--break-glass", paramLabel = "USER",
            description = "Switch local accounts off, but for this one administrator.")
    String breakGlass;

    void check() {
        if (breakGlass != null && issuer == null && System.getenv("LAUDABLE_OIDC_ISSUER") == null) {
            throw new ParameterException(spec.commandLine(), "--break-glass needs --oidc-issuer: otherwise nobody else could sign in.");
        }
        if (secretFile != null && !Files.isReadable(secretFile)) {
            throw new CommandFailed("Cannot read " + secretFile + ".");
        }
    }

    void configure() {
        setIfGiven("laudable.oidc.issuer", issuer);
        setIfGiven("laudable.oidc.reach-at", reachAt);
        setIfGiven("laudable.oidc.client-id", client);
        setIfGiven("laudable.oidc.secret-file", secretFile == null ? null : secretFile.toAbsolutePath().toString());
        setIfGiven("laudable.oidc.name", providerName);
        setIfGiven("laudable.oidc.find-people", findPeople ? "true" : null);
        setIfGiven("laudable.break-glass", breakGlass);
        setIfGiven("laudable.local-accounts", breakGlass == null ? null : "false");
    }

    private static void setIfGiven(String key, String value) {
        if (value != null) {
            System.setProperty(key, value);
        }
    }
}
