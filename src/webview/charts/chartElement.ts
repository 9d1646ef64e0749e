/** What the charts of the page have in common: one canvas that follows data and theme, and never animates. */
import { Chart, type ChartConfiguration, type ChartOptions, type ChartType, Tooltip } from 'chart.js';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PageResult } from '../../model/pageResult.ts';
import { LightElement } from '../shell/lightElement.ts';
import { observeTheme, type ThemeColors, themeColors } from '../shell/theme.ts';

Chart.register(Tooltip);

export abstract class ChartElement extends LightElement {
  @property({ attribute: false }) result: PageResult | null = null;

  /** The chart as drawn, with the colours it was drawn in. */
  chart: Chart | null = null;
  private stopObserving: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopObserving = observeTheme(() => this.draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopObserving?.();
    this.chart?.destroy();
    this.chart = null;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.draw();
  }

  /** Data and options in the colours of the theme, or null when there is nothing to draw yet. */
  protected abstract configuration(result: PageResult, theme: ThemeColors): ChartConfiguration | null;

  /** The chart in one sentence, for those who do not see it. */
  protected abstract describe(result: PageResult): string;

  /** Height of the drawing in pixels. */
  protected abstract drawingHeight(result: PageResult): number;

  protected drawing(result: PageResult): TemplateResult {
    return html`<div class="chart-box"><canvas role="img" aria-label=${this.describe(result)}></canvas></div>`;
  }

  private draw(): void {
    const canvas = this.querySelector('canvas');
    if (canvas === null || this.result === null) return;
    const configuration = this.configuration(this.result, themeColors());
    if (configuration === null) return;
    (canvas.parentElement as HTMLElement).style.height = `${this.drawingHeight(this.result)}px`;
    if (this.chart?.canvas !== canvas) {
      this.chart?.destroy();
      this.chart = new Chart(canvas, configuration);
      return;
    }
    this.chart.data = configuration.data;
    this.chart.options = configuration.options ?? {};
    this.chart.update('none');
  }
}

/** Options every chart starts from. */
export function baseOptions(theme: ThemeColors): ChartOptions<ChartType> {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    font: { family: theme.fontFamily, size: theme.fontSize - 1 },
    color: theme.foreground,
    events: ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'],
    plugins: {
      tooltip: {
        animation: false,
        backgroundColor: theme.tooltip.background,
        titleColor: theme.tooltip.foreground,
        bodyColor: theme.tooltip.foreground,
        borderColor: theme.tooltip.border,
        borderWidth: 1,
        cornerRadius: 3,
        padding: 8,
        displayColors: false,
        titleFont: { family: theme.fontFamily, size: theme.fontSize - 1, weight: 600 },
        bodyFont: { family: theme.fontFamily, size: theme.fontSize - 1 },
      },
    },
  } as ChartOptions<ChartType>;
}

/** How all error bars look. */
export function errorBars(theme: ThemeColors, color = theme.foreground) {
  return {
    errorBarColor: color,
    errorBarLineWidth: 1.5,
    errorBarWhiskerColor: color,
    errorBarWhiskerLineWidth: 1.5,
    errorBarWhiskerRatio: 0,
    errorBarWhiskerSize: 9,
  };
}
