package org.laudable.llm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.laudable.ChangedMeanwhile;
import org.laudable.Refused;
import org.laudable.database.Sql;
import org.laudable.llm.client.ProviderAddresses;
import org.laudable.security.AuditLog;
import org.laudable.security.CurrentUser;

/**
 * Providers of language models, their models, prices and exchange rates. For administrators only; every change is in the
 * audit log and holds from the next call on. Keys go in and never come out.
 */
@ApplicationScoped
public class ProviderService {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final ProviderRepository providers;
    private final KeyVault vault;
    private final ProviderAddresses urls;
    private final CurrentUser currentUser;
    private final AuditLog audit;

    ProviderService(ProviderRepository providers, KeyVault vault, ProviderAddresses urls, CurrentUser currentUser, AuditLog audit) {
        this.providers = providers;
        this.vault = vault;
        this.urls = urls;
        this.currentUser = currentUser;
        this.audit = audit;
    }

    @Transactional
    public List<Provider> all() {
        currentUser.requireAdmin();
        return providers.all();
    }

    /** The provider's models, retired ones last. */
    @Transactional
    public List<Model> models(long providerId) {
        currentUser.requireAdmin();
        return providers.models(providerId);
    }

    /**
     * Adds a provider.
     *
     * @param key empty where it needs none, as a local Ollama
     */
    @Transactional
    public Provider add(ProviderSettings settings, Optional<String> key) {
        currentUser.requireAdmin();
        check(settings);
        if (settings.kind().needsKey() && key.filter(text -> !text.isBlank()).isEmpty()) {
            throw new Refused("This kind of provider needs a key.");
        }
        try {
            long id = providers.insert(settings);
            storeKey(id, key);
            audit.record("provider.added", "provider:" + id, null, details(settings));
            return providers.find(id).orElseThrow();
        } catch (Sql.Failure e) {
            throw nameTaken(e, "There is a provider of this name already.");
        }
    }

    /**
     * Changes a provider that was read in this version.
     *
     * @param key empty: keep the one it has. If the address changes, the key must be given again, so that nobody can
     *     have a stored key sent to an address of their own
     */
    @Transactional
    public Provider change(Provider read, ProviderSettings settings, Optional<String> key) {
        currentUser.requireAdmin();
        check(settings);
        boolean newKey = key.filter(text -> !text.isBlank()).isPresent();
        Provider now = find(read.id());
        if (!now.settings().baseUrl().equals(settings.baseUrl()) && now.hasKey() && !newKey) {
            throw new Refused("The address changes, so enter the key again: a stored key is only sent where it was entered for.");
        }
        if (settings.kind().needsKey() && !now.hasKey() && !newKey) {
            throw new Refused("This kind of provider needs a key.");
        }
        try {
            if (!providers.update(read.id(), read.version(), settings)) {
                throw new ChangedMeanwhile("Someone else changed this provider meanwhile. Open it again and repeat your change.");
            }
        } catch (Sql.Failure e) {
            throw nameTaken(e, "There is a provider of this name already.");
        }
        storeKey(read.id(), key);
        Map<String, Object> after = details(settings);
        after.put("keyReplaced", newKey);
        Map<String, Object> before = details(now.settings());
        before.put("keyReplaced", false);
        audit.changed("provider.changed", "provider:" + read.id(), null, before, after);
        return find(read.id());
    }

    @Transactional
    public void setEnabled(long providerId, boolean enabled) {
        currentUser.requireAdmin();
        Provider provider = find(providerId);
        providers.setEnabled(providerId, enabled);
        audit.record(enabled ? "provider.enabled" : "provider.disabled", "provider:" + providerId, null,
                Map.of("name", provider.name()));
    }

    @Transactional
    public Model addModel(long providerId, ModelSettings settings) {
        currentUser.requireAdmin();
        find(providerId);
        check(settings);
        try {
            long id = providers.insertModel(providerId, settings);
            audit.record("model.added", "model:" + id, null, details(settings));
            return providers.findModel(id).orElseThrow();
        } catch (Sql.Failure e) {
            throw nameTaken(e, "This provider has a model of this name already.");
        }
    }

    @Transactional
    public Model changeModel(Model read, ModelSettings settings) {
        currentUser.requireAdmin();
        check(settings);
        Model before = providers.findModel(read.id()).orElseThrow(() -> new Refused("This model does not exist any more."));
        try {
            if (!providers.updateModel(read.id(), read.version(), settings)) {
                throw new ChangedMeanwhile("Someone else changed this model meanwhile. Open it again and repeat your change.");
            }
        } catch (Sql.Failure e) {
            throw nameTaken(e, "This provider has a model of this name already.");
        }
        audit.changed("model.changed", "model:" + read.id(), null, details(before.settings()), details(settings));
        return providers.findModel(read.id()).orElseThrow();
    }

    /** A retired model cannot be called any more; its calls stay on record. */
    @Transactional
    public void setRetired(long modelId, boolean retired) {
        currentUser.requireAdmin();
        Model model = providers.findModel(modelId).orElseThrow(() -> new Refused("This model does not exist any more."));
        providers.setRetired(modelId, retired);
        audit.record(retired ? "model.retired" : "model.restored", "model:" + modelId, null, Map.of("name", model.name()));
    }

    /** The rates that hold today. */
    @Transactional
    public List<ExchangeRate> rates() {
        currentUser.requireAdmin();
        return providers.rates();
    }

    /** Sets what one unit of a currency is worth in another, from today on. Calls already made keep theirs. */
    @Transactional
    public void setRate(String from, String to, BigDecimal rate) {
        long admin = currentUser.requireAdmin().id();
        if (!CURRENCY.matcher(from).matches() || !CURRENCY.matcher(to).matches() || from.equals(to)) {
            throw new Refused("A rate is between two different currencies, such as USD and EUR.");
        }
        if (rate.signum() <= 0 || rate.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
            throw new Refused("A rate is above 0 and at most 1,000,000.");
        }
        String before = providers.rates().stream().filter(it -> it.from().equals(from) && it.to().equals(to)).findFirst()
                .map(it -> it.rate().toPlainString()).orElse("none");
        providers.insertRate(new ExchangeRate(from, to, rate, LocalDate.now(ZoneOffset.UTC)), admin);
        audit.record("exchange-rate.set", "currency:" + from, null,
                Map.of("to", to, "rate", Map.of("before", before, "after", rate.toPlainString())));
    }

    private Provider find(long id) {
        return providers.find(id).orElseThrow(() -> new Refused("This provider does not exist any more."));
    }

    private void storeKey(long id, Optional<String> key) {
        key.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> {
            if (text.length() > 4_000 || !text.chars().allMatch(c -> c > 32 && c < 127)) {
                throw new Refused("A key is one word of ordinary characters. Copy it again from the provider.");
            }
            providers.setKey(id, vault.seal(id, text));
        });
    }

    private void check(ProviderSettings it) {
        if (it.name().isBlank() || it.name().length() > 80) {
            throw new Refused("A provider needs a name of at most 80 characters.");
        }
        if (!CURRENCY.matcher(it.currency()).matches()) {
            throw new Refused("The currency is a code of three capital letters, such as USD.");
        }
        if (it.kind() == ProviderKind.AZURE && it.apiVersion().filter(text -> !text.isBlank()).isEmpty()) {
            throw new Refused("Azure needs an api-version, such as 2024-10-21.");
        }
        if (it.requestsPerMinute().orElse(1) < 1 || it.tokensPerMinute().orElse(1) < 1) {
            throw new Refused("A limit per minute is at least 1; leave it empty for none.");
        }
        if (it.concurrency() < 1 || it.concurrency() > 256 || it.timeoutSeconds() < 1 || it.timeoutSeconds() > 900) {
            throw new Refused("Calls at the same time are 1 to 256, the timeout is 1 to 900 seconds.");
        }
        if (it.monthCapMicros().orElse(0) < 0) {
            throw new Refused("A cap is not below zero.");
        }
        urls.check(it.baseUrl());
    }

    private static void check(ModelSettings it) {
        if (it.name().isBlank() || it.name().length() > 200) {
            throw new Refused("A model needs the name the provider calls it by.");
        }
        if (it.contextTokens() < 256 || it.maxOutputTokens() < 16 || it.maxOutputTokens() >= it.contextTokens()) {
            throw new Refused("The context holds input and output: at least 256 tokens, and more than the longest answer (at least 16).");
        }
    }

    private static RuntimeException nameTaken(Sql.Failure e, String sentence) {
        return e.isDuplicate() ? new Refused(sentence) : e;
    }

    private static Map<String, Object> details(ProviderSettings it) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("name", it.name());
        details.put("kind", it.kind().name());
        details.put("baseUrl", it.baseUrl());
        details.put("currency", it.currency());
        it.monthCapMicros().ifPresent(cap -> details.put("monthCapMicros", cap));
        return details;
    }

    private static Map<String, Object> details(ModelSettings it) {
        return Map.of("name", it.name(), "inputMicros", it.prices().inputMicros(), "cachedInputMicros",
                it.prices().cachedInputMicros(), "outputMicros", it.prices().outputMicros());
    }
}
