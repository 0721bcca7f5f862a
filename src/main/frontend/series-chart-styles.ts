import { css } from 'lit';

export const chartStyles = css`
  :host {
    --series-ink: light-dark(#3b4252, #c3cad6);
    --series-1: light-dark(#1f6fb4, #6db3f2);
    --series-2: light-dark(#b4560c, #f0a35c);
    --series-3: light-dark(#1c7c54, #5cc79a);
    --series-4: light-dark(#a02c6d, #ee8fc2);
    --series-5: light-dark(#5f4bb6, #b3a4f7);
    --series-6: light-dark(#7a6a00, #d6c24a);
    --series-7: light-dark(#00707a, #4fc9d4);
    --series-8: light-dark(#6b4a3a, #c9a18c);
    position: relative;
    display: block;
    min-width: 0;
    color: var(--color-text);
    font-size: var(--text-m, 0.875rem);
  }

  * {
    box-sizing: border-box;
  }

  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  :focus-visible {
    outline: 2px solid var(--color-focus);
    outline-offset: 1px;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1);
    min-height: 32px;
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding: 0 var(--space-2);
    border: 1px solid var(--color-line);
    border-radius: var(--radius-s);
    background: transparent;
    color: var(--color-text-2);
    font-size: var(--text-s);
  }

  .chip:hover {
    background: var(--color-hover);
  }

  .chip[aria-pressed='true'],
  .chip[aria-expanded='true'] {
    border-color: var(--color-line-strong);
    background: var(--color-selected);
    color: var(--color-text);
  }

  .signal i {
    width: 14px;
    border-top: 2px solid var(--origin-gold);
  }

  .signal.score i {
    border-color: var(--origin-model);
  }

  .signal.error i {
    border-color: var(--color-warn);
  }

  .signal.potential i {
    border-top-style: dashed;
  }

  .signal.novelty i {
    border-top-style: dotted;
  }

  .readout {
    flex: 1;
    min-width: 0;
    padding-inline: var(--space-2);
    overflow: hidden;
    color: var(--color-text-2);
    font-size: var(--text-s);
    font-variant-numeric: tabular-nums;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .zoom {
    display: inline-flex;
    gap: 2px;
    margin-inline-start: auto;
  }

  .zoom .chip {
    min-width: 28px;
    justify-content: center;
  }

  .scroll {
    position: relative;
    max-height: var(--series-chart-height, 62vh);
    min-height: 150px;
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .plot {
    position: relative;
    border-radius: var(--radius-s);
    outline-offset: -2px;
  }

  .u-wrap,
  .uplot {
    font-family: inherit;
  }

  .u-select {
    display: none;
  }

  .u-cursor-x {
    border-right: 1px dashed var(--color-text-3);
  }

  .skeleton {
    position: absolute;
    inset: 0;
    z-index: 2;
    border-radius: var(--radius-s);
    background: var(--color-hover);
    opacity: 0;
    animation: appear 1ms 120ms forwards;
  }

  @keyframes appear {
    to {
      opacity: 0.85;
    }
  }

  .problem {
    position: absolute;
    inset-inline: var(--space-4);
    top: 40px;
    z-index: 2;
    width: fit-content;
    max-width: calc(100% - 2 * var(--space-4));
    margin-inline: auto;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--color-warn);
    border-radius: var(--radius);
    background: var(--color-warn-soft);
  }

  .labels {
    position: absolute;
    inset: 0;
    z-index: 1;
    pointer-events: none;
  }

  .lane {
    position: absolute;
    inset-inline: 50px 14px;
    font-size: var(--text-s);
    line-height: 18px;
  }

  .beside .lane {
    inset-inline: 0 auto;
    width: calc(var(--gutter) - 44px);
  }

  .beside .lane > * {
    flex-wrap: wrap;
    gap: 0 5px;
    background: none;
    text-align: start;
  }

  .beside .value {
    flex-basis: 100%;
    height: 16px;
    line-height: 14px;
  }

  .legend {
    position: static;
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-2);
  }

  .legend .lane {
    position: static;
  }

  .lane > * {
    display: inline-flex;
    gap: 5px;
    align-items: center;
    max-width: 100%;
    padding: 0 4px;
    border: 0;
    border-radius: 4px;
    background: color-mix(in srgb, var(--color-surface) 78%, transparent);
    white-space: nowrap;
  }

  .lane button {
    pointer-events: auto;
  }

  .lane button:hover {
    background: var(--color-hover);
  }

  .lane button[aria-pressed='true'] {
    background: var(--color-accent);
    color: var(--color-on-accent);
  }

  .lane button[aria-pressed='true'] .unit,
  .lane button[aria-pressed='true'] .value {
    color: inherit;
  }

  .lane b {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    max-width: 100%;
  }

  .lane i {
    flex: none;
    width: 10px;
    height: 10px;
    border-radius: 2px;
  }

  .unit,
  .value {
    color: var(--color-text-2);
    font-variant-numeric: tabular-nums;
  }

  .overview {
    display: var(--series-overview, block);
    width: 100%;
    height: 44px;
    margin-top: var(--space-1);
    border: 1px solid var(--color-line);
    border-radius: 4px;
    background: var(--color-surface);
    cursor: grab;
    touch-action: none;
  }

  .seen-by-readers {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (max-width: 560px) {
    .chip {
      min-height: 36px;
    }

    .zoom .chip {
      min-width: 36px;
    }

    .readout {
      display: none;
    }

    .head {
      flex-wrap: nowrap;
      overflow-x: auto;
      scrollbar-width: none;
    }

    .head .chip {
      flex: none;
    }
  }
`;
