package org.laudable.llm;

/** Why there is no answer. Never replaced by a guess; shown, and where {@link #worthAnotherTry} asked again later. */
public enum Absence {
    /** The model declined. */
    REFUSED(false),
    TIMEOUT(true),
    /** No valid JSON of the asked form. */
    GARBAGE(true),
    /** Ended in mid-answer: the output limit was reached. */
    CUT(true),
    /** It named a class that does not exist. */
    UNKNOWN_CLASS(true),
    /** The answer left the item out. */
    MISSING(true),
    /** The answer named the item more than once. */
    AMBIGUOUS(true),
    /** Does not fit the model's context. */
    TOO_LONG(false),
    RATE_LIMITED(true),
    PROVIDER_ERROR(true),
    UNREACHABLE(true),
    /** Held back for a while after many failures. */
    HELD_BACK(true),
    UNAUTHORIZED(false),
    ADDRESS_REFUSED(false),
    DISABLED(false),
    /** The project's cap. */
    CAP_REACHED(false),
    /** The run's cap for language models. */
    RUN_CAP_REACHED(false),
    /** The provider's cap for the month. */
    PROVIDER_CAP_REACHED(false),
    NO_EXCHANGE_RATE(false);

    private final boolean worthAnotherTry;

    Absence(boolean worthAnotherTry) {
        this.worthAnotherTry = worthAnotherTry;
    }

    /** Whether nothing comes of asking anything more until somebody has changed something: a cap, a key, an address. */
    public boolean blocks() {
        return switch (this) {
            case CAP_REACHED, RUN_CAP_REACHED, PROVIDER_CAP_REACHED, NO_EXCHANGE_RATE, UNAUTHORIZED, ADDRESS_REFUSED, DISABLED -> true;
            default -> false;
        };
    }

    /** Whether asking again, with nothing changed, may bring an answer. */
    public boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
