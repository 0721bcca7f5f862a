package org.laudable.engine.series;

/** What the agent's network learns from rewards. */
public enum Loss {
    /**
     * |R(1) − R(0)| · BCE(Q₁ − Q₀, sign(R(1) − R(0))): the policy gradient when both rewards are known. No γ: the next
     * window does not depend on the action.
     */
    REWARD_WEIGHTED,
    /** Huber regression of Q on r + γ·max Q(s′), with a target network and both actions' rewards. */
    Q_REGRESSION,
    /** The same from a replay memory of ε-greedy transitions, one action each: as published. */
    REPLAYED_Q
}
