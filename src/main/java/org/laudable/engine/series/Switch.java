package org.laudable.engine.series;

/** Parts of the method that can be switched off, one by one: the ablations of ENGINES §2.9. */
public enum Switch {
    /** (a) The agent's state carries e, φ and n, and the features, beside the values. */
    STATE_SIGNALS("a"),
    /** (b) Unlabelled states teach by a reward signed by the action. */
    SIGNED_UNLABELLED("b"),
    /** (c) The potential is a prior on the decision that fades where people have answered. */
    POTENTIAL_PRIOR("c"),
    /** (d) Pseudo-labels weigh by their confidence. */
    CONFIDENCE_WEIGHTS("d"),
    /** The potential φ, a language model's or the statistical one. */
    POTENTIAL("potential"),
    /** The VAE's error, as signal and in the features. */
    VAE("vae"),
    /** λ follows the agent's success; without, it stays at its start. */
    LAMBDA("lambda"),
    /** Novelty, as signal and in what is asked. */
    NOVELTY("novelty"),
    /** Labels spread to similar windows. */
    PROPAGATION("propagation"),
    /** The teacher's half of the score. */
    TEACHER("teacher");

    private final String option;

    Switch(String option) {
        this.option = option;
    }

    /** How reports name it, such as {@code vae}. */
    public String option() {
        return option;
    }
}
