import { css, LitElement, unsafeCSS } from 'lit';
import type uPlot from 'uplot';
import plotStyle from 'uplot/dist/uPlot.min.css?inline';

/** An element that draws with uPlot: anew when its place, the theme or the system's scheme changes, gone when it leaves. */
export abstract class PlotElement extends LitElement {
  static readonly plotStyles = [
    unsafeCSS(plotStyle),
    css`
      .u-wrap {
        font-family: inherit;
      }
      .u-select {
        display: none;
      }
    `,
  ];

  private readonly resize = new ResizeObserver(() => this.fit());
  private readonly theme = new MutationObserver(() => this.draw());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly redraw = () => this.draw();

  /** Draws everything anew. */
  protected abstract draw(): void;

  /** Takes away what is drawn. */
  protected abstract clear(): void;

  /** The element has another size. */
  protected fit(): void {
    this.draw();
  }

  connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class', 'data-theme'] });
    this.scheme.addEventListener('change', this.redraw);
    if (this.hasUpdated) {
      this.draw();
    }
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.theme.disconnect();
    this.scheme.removeEventListener('change', this.redraw);
    this.clear();
  }

  /** What a colour token of the theme is now. */
  protected colour(token: string): string {
    const probe = document.createElement('span');
    probe.style.color = `var(${token})`;
    this.renderRoot.appendChild(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  }

  /** How axes, grid and their figures look. */
  protected axisLook(): Pick<uPlot.Axis, 'stroke' | 'font' | 'grid' | 'ticks'> & { font: string; stroke: string } {
    const line = this.colour('--color-line');
    return {
      stroke: this.colour('--color-text-2'),
      font: `12px ${getComputedStyle(this).fontFamily}`,
      grid: { stroke: line, width: 1 },
      ticks: { stroke: line, width: 1 },
    };
  }
}
