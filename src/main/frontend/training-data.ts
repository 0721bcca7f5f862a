/** What the training chart draws, worked out without a browser. */

/** A point of an agent's curves; null where nothing is known. */
export interface Step {
  step: number;
  loss: number | null;
  reward: number | null;
  lambda: number | null;
  beta: number | null;
  epsilon: number | null;
}

/** One training. */
export interface Part {
  round: number;
  series: string;
  steps: Step[];
}

export type Value = number | null;

/** All trainings one after the other on one axis of steps. */
export interface TrainingSeries {
  x: number[];
  loss: Value[];
  reward: Value[];
  lambda: Value[];
  beta: Value[];
  epsilon: Value[];
  /** Where each training begins. */
  starts: { at: number; round: number }[];
}

/** Joins trainings; a gap between two of them breaks the lines. */
export function joined(parts: Part[]): TrainingSeries {
  const out: TrainingSeries = { x: [], loss: [], reward: [], lambda: [], beta: [], epsilon: [], starts: [] };
  let offset = 0;
  for (const part of parts) {
    if (part.steps.length === 0) {
      continue;
    }
    out.starts.push({ at: offset, round: part.round });
    out.x.push(offset);
    for (const line of [out.loss, out.reward, out.lambda, out.beta, out.epsilon]) {
      line.push(null);
    }
    for (const step of part.steps) {
      out.x.push(offset + step.step);
      out.loss.push(step.loss);
      out.reward.push(step.reward);
      out.lambda.push(step.lambda);
      out.beta.push(step.beta);
      out.epsilon.push(step.epsilon);
    }
    offset = out.x[out.x.length - 1];
  }
  return out;
}

/** A range with some air that holds all values; at least from 0 to 1. */
export function range(values: Value[]): [number, number] {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0) {
    return [0, 1];
  }
  const low = Math.min(0, ...known);
  const high = Math.max(1, ...known);
  return [low, high + 0.05 * (high - low)];
}
