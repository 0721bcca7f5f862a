import { css } from 'lit';

export const seriesDeckStyles = css`
  .stage {
    --series-chart-height: clamp(180px, 46vh, 640px);
    gap: var(--space-3);
    padding-top: var(--space-4);
  }

  .stage > * {
    max-width: 1200px;
  }

  .stage > .notes {
    max-width: none;
  }

  .question {
    outline: none;
  }

  .question h1 {
    margin: 0;
    font-size: var(--text-xl);
    line-height: 1.3;
  }

  .question p {
    margin: 2px 0 0;
    color: var(--color-text-2);
    overflow-wrap: anywhere;
  }

  .question .shape {
    color: var(--origin);
  }

  .place {
    font-variant-numeric: tabular-nums;
  }

  .chart {
    padding: var(--space-2) var(--space-3) var(--space-3);
    border: 1px solid var(--color-line);
    border-radius: var(--radius);
    background: var(--color-surface);
  }

  .skeleton {
    height: 46vh;
  }

  .interval {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    align-items: center;
    gap: 0 var(--space-3);
    font-variant-numeric: tabular-nums;
  }

  .interval .quiet {
    color: var(--color-text-2);
  }

  .nudge {
    min-width: 32px;
    min-height: 32px;
    border: 0;
    border-radius: var(--radius-s);
    background: transparent;
    color: var(--color-accent);
  }

  .nudge:hover {
    background: var(--color-hover);
  }

  .answers {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--space-2);
  }

  .stage > .field,
  .stage > .why,
  .stage > .answers {
    max-width: var(--reading-width, 760px);
  }

  @media (max-width: 720px) {
    .stage {
      --series-chart-height: 34vh;
      --series-overview: none;
      padding-top: var(--space-2);
    }

    .question h1 {
      font-size: var(--text-l);
    }

    .chart {
      padding: var(--space-1);
    }

    .interval {
      gap: 0;
      font-size: var(--text-s);
    }

    .answers {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .nudge {
      min-width: 44px;
      min-height: 44px;
    }

    .skeleton {
      height: 36vh;
    }
  }
`;
