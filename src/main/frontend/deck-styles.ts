import { css } from 'lit';

export const deckStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-areas: 'bar bar' 'stage drawer' 'tools drawer';
    min-height: 0;
    height: 100%;
    color: var(--color-text);
    font-size: var(--text-m, 0.875rem);
    line-height: 1.45;
  }

  * {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  button:disabled {
    cursor: default;
    opacity: 0.5;
  }

  :focus-visible {
    outline: 2px solid var(--color-focus);
    outline-offset: 2px;
  }

  kbd {
    flex: none;
    min-width: 1.5rem;
    padding: 0 var(--space-1);
    border: 1px solid var(--color-line-strong);
    border-radius: 4px;
    background: var(--color-page);
    color: var(--color-text-2);
    font: 600 var(--text-s, 0.75rem) / 1.35rem ui-monospace, monospace;
    text-align: center;
  }

  .seen-by-readers {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* Top edge: the way to the next training */
  .bar {
    grid-area: bar;
    display: grid;
    gap: var(--space-1);
    padding: 0 var(--space-4) var(--space-2);
  }

  .track {
    height: 4px;
    margin: 0 calc(-1 * var(--space-4));
    background: var(--color-line);
    overflow: hidden;
  }

  .track > div {
    height: 100%;
    background: var(--origin-model);
    transition: width var(--quick, 120ms) ease-out;
  }

  .figures {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--space-4);
    min-height: 1.4em;
    color: var(--color-text-2);
    font-size: var(--text-s, 0.75rem);
    font-variant-numeric: tabular-nums;
  }

  .figures > span:empty {
    display: none;
  }

  /* Notes that need nothing */
  .notes {
    position: absolute;
    inset: var(--space-2) 0 auto;
    z-index: 1;
    margin-inline: auto;
    padding-inline: var(--space-4);
    pointer-events: none;
    display: grid;
    gap: var(--space-2);
    justify-items: center;
  }

  .notes:empty {
    display: none;
  }

  .note {
    pointer-events: auto;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
    max-width: var(--reading-width, 760px);
    padding: var(--space-1) var(--space-3);
    border: 1px solid var(--color-line-strong);
    border-radius: var(--radius);
    background: var(--color-raised);
  }

  .note.warn {
    border-color: var(--color-warn);
    background: var(--color-warn-soft);
  }

  .note.bad {
    border-color: var(--color-bad);
    background: var(--color-bad-soft);
  }

  .note.model {
    border-color: var(--origin-model);
  }

  .note a {
    color: var(--color-accent);
    font-weight: 600;
  }

  .plain {
    padding: var(--space-1) var(--space-2);
    border: 0;
    border-radius: var(--radius-s, 6px);
    background: transparent;
    color: var(--color-accent);
    font-weight: 600;
  }

  .plain:hover {
    background: var(--color-hover);
  }

  /* The item and its classes */
  .stage {
    grid-area: stage;
    position: relative;
    min-height: 0;
    overflow: auto;
    display: grid;
    grid-auto-rows: max-content;
    align-content: start;
    justify-items: center;
    gap: var(--space-4);
    padding: clamp(var(--space-4), 9vh, 120px) var(--space-4) var(--space-4);
  }

  .stage > * {
    width: 100%;
    max-width: var(--reading-width, 760px);
  }

  .item {
    min-height: 6.5rem;
    max-height: 42vh;
    overflow: auto;
    padding: var(--space-5) var(--space-6);
    border: 1px solid var(--color-line);
    border-radius: var(--radius);
    background: var(--color-surface);
    font-size: var(--text-xl, 1.25rem);
    line-height: 1.4;
    text-align: start;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    animation: arrive var(--quick, 120ms) ease-out;
  }

  /* Focus comes here after each decision, for screen readers and for scrolling by keys: a quiet ring is enough. */
  .item:focus-visible {
    outline: 1px solid var(--color-line-strong);
    outline-offset: 0;
  }

  .item.long {
    font-size: var(--text-l, 1rem);
  }

  @keyframes arrive {
    from {
      transform: translateY(6px);
      opacity: 0.35;
    }
  }

  .choice {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    min-width: 0;
    min-height: 40px;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--color-line-strong);
    border-radius: var(--radius);
    background: var(--color-surface);
    text-align: start;
  }

  .choice:hover {
    background: var(--color-hover);
  }

  .choice:active {
    background: var(--color-selected);
  }

  .choice .name {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .choice .figure {
    flex: none;
    color: var(--color-text-2);
    font-variant-numeric: tabular-nums;
  }

  .suggested {
    border: 2px solid var(--origin);
    padding: calc(var(--space-2) - 1px) calc(var(--space-3) - 1px);
  }

  .suggested .shape,
  .suggested .figure {
    color: var(--origin);
  }

  .origin-model {
    --origin: var(--origin-model);
  }

  .origin-llm {
    --origin: var(--origin-llm);
  }

  .origin-propagated {
    --origin: var(--origin-propagated);
  }

  .suggested.origin-propagated {
    border-style: dashed;
  }

  .accept {
    width: 100%;
    min-height: 48px;
    font-weight: 600;
  }

  .classes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 210px), 1fr));
    gap: var(--space-2);
  }

  /* Why is it passed on? */
  .reasons {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--color-line-strong);
    border-radius: var(--radius);
    background: var(--color-surface);
  }

  .reasons h2 {
    margin: 0;
    font-size: inherit;
  }

  .reasons > div {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 210px), 1fr));
    gap: var(--space-2);
  }

  .reasons p {
    margin: 0;
    color: var(--color-text-2);
  }

  .why {
    padding: var(--space-3) var(--space-4);
    border-inline-start: 3px solid var(--origin-model);
    background: var(--color-surface);
  }

  .why p {
    margin: 0;
  }

  .why p + p {
    margin-top: var(--space-1);
  }

  /* Many classes: type to filter */
  .finder {
    display: grid;
    width: 100%;
    max-width: var(--reading-width, 760px);
    gap: var(--space-2);
  }

  .field {
    width: 100%;
    min-height: 40px;
    padding: var(--space-2) var(--space-3);
    border: 1px solid var(--color-line-strong);
    border-radius: var(--radius);
    background: var(--color-surface);
  }

  .field::placeholder {
    color: var(--color-text-3);
    opacity: 1;
  }

  .found {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
    align-content: start;
    max-height: 36vh;
    margin: 0;
    padding: var(--space-1);
    border: 1px solid var(--color-line);
    border-radius: var(--radius);
    overflow: auto;
    list-style: none;
  }

  .found li {
    min-width: 0;
    padding: var(--space-1) var(--space-2);
    border-radius: var(--radius-s, 6px);
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  .found li:hover {
    background: var(--color-hover);
  }

  .found li[aria-selected='true'] {
    background: var(--color-selected);
    box-shadow: inset 2px 0 var(--color-accent);
  }

  .found .description {
    display: -webkit-box;
    overflow: hidden;
    color: var(--color-text-2);
    font-size: var(--text-s, 0.75rem);
    -webkit-line-clamp: 1;
    -webkit-box-orient: vertical;
  }

  /* What else one can do */
  .tools {
    grid-area: tools;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--space-1);
    padding: var(--space-2) var(--space-4);
    border-top: 1px solid var(--color-line);
    background: var(--color-page);
  }

  .tool {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    min-height: 36px;
    padding: 0 var(--space-2);
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: transparent;
    color: var(--color-text-2);
    white-space: nowrap;
  }

  .tool:hover:not(:disabled) {
    background: var(--color-hover);
    color: var(--color-text);
  }

  .tool[aria-pressed='true'],
  .tool[aria-expanded='true'] {
    background: var(--color-selected);
    color: var(--color-text);
  }

  .last {
    min-height: 1.5em;
    color: var(--color-text-2);
    font-size: var(--text-s, 0.75rem);
    text-align: center;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Guidelines */
  .drawer {
    grid-area: drawer;
    width: min(380px, 34vw);
    min-height: 0;
    padding: var(--space-3) var(--space-5);
    border-inline-start: 1px solid var(--color-line);
    background: var(--color-surface);
    overflow: auto;
  }

  .drawer header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }

  .drawer h2,
  .state h2,
  dialog h2 {
    margin: 0;
    font-size: var(--text-l, 1rem);
  }

  /* Nothing to label */
  .state {
    display: grid;
    justify-items: center;
    gap: var(--space-3);
    padding: var(--space-8) var(--space-4);
    text-align: center;
  }

  .state h2 {
    font-size: var(--text-xl, 1.25rem);
  }

  .state p {
    max-width: 46ch;
    margin: 0;
    color: var(--color-text-2);
  }

  .state .primary {
    min-height: 40px;
    padding: 0 var(--space-5);
    border: 0;
    border-radius: var(--radius);
    background: var(--color-accent);
    color: var(--color-on-accent);
    font-weight: 600;
  }

  .skeleton {
    height: 8rem;
    border-radius: var(--radius);
    background: var(--color-hover);
  }

  dialog {
    width: min(30rem, calc(100vw - 2rem));
    max-height: calc(100vh - 4rem);
    padding: var(--space-5) var(--space-6);
    border: 1px solid var(--color-line-strong);
    border-radius: var(--radius);
    background: var(--color-raised);
    color: var(--color-text);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }

  dialog dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--space-2) var(--space-4);
    align-items: baseline;
  }

  dialog dt {
    display: flex;
    gap: var(--space-1);
  }

  dialog dd {
    margin: 0;
  }

  @media (max-width: 720px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'bar' 'stage' 'tools';
      position: relative;
    }

    .stage {
      align-content: start;
      gap: var(--space-3);
      padding: var(--space-2) var(--space-3);
    }

    .notes {
      position: static;
      padding: 0;
    }

    .item {
      min-height: 4.5rem;
      max-height: 34vh;
      padding: var(--space-4);
    }

    .classes {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .classes.many .suggested {
      grid-column: 1 / -1;
    }

    .choice,
    .found li {
      min-height: 48px;
    }

    .choice kbd {
      display: none;
    }

    .found {
      max-height: none;
    }

    .tools {
      flex-wrap: nowrap;
      justify-content: space-between;
      gap: 0;
      padding: var(--space-1);
    }

    .tool {
      flex: 1 1 auto;
      justify-content: center;
      min-width: 0;
      min-height: 48px;
      padding: 0 var(--space-1);
      font-size: var(--text-s, 0.75rem);
    }

    .tool span {
      max-width: 100%;
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .tool.keys-only,
    .tool kbd {
      display: none;
    }

    .drawer {
      position: absolute;
      inset: auto 0 0;
      z-index: 2;
      width: auto;
      max-height: 75%;
      border: 0;
      border-top: 1px solid var(--color-line-strong);
      border-radius: var(--radius) var(--radius) 0 0;
      box-shadow: 0 -8px 24px rgb(0 0 0 / 20%);
    }
  }

  @media (hover: none) {
    .choice kbd {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .item,
    .track > div {
      animation: none;
      transition: none;
    }
  }
`;
