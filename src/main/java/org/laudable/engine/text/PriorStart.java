package org.laudable.engine.text;

/** Asks nothing by itself. */
record PriorStart() implements Start {

    @Override
    public String name() {
        return "prior";
    }

    @Override
    public int[] select(QueryContext context, TrainingLabels labels, int batch, int labelBudget) {
        return new int[0];
    }
}
