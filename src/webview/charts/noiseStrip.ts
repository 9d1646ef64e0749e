/** What else happened on the host during the run: small curves over its time, one below the other. */
import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PageResult } from '../../model/pageResult.ts';
import type { Finding } from '../../model/result/finding.ts';
import type { NoiseReading } from '../../model/result/noise.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../../model/units.ts';
import { term } from '../shell/wordCard.ts';

interface Quantity {
  readonly key: Exclude<keyof NoiseReading, 'atMs'>;
  readonly name: string;
  /** What the top of the curve stands for at least, so that a quiet host looks quiet. */
  readonly atLeast: number;
  readonly format: (value: number) => string;
}

/** Findings about noise have kinds that begin so. */
const NOISY = 'noise-';
/** Of a curve in its own units; the page stretches it. */
const [WIDTH, HEIGHT] = [400, 24];

/** Nothing with fewer than two readings. */
export function noiseStrip({ noise, findings }: PageResult): TemplateResult | typeof nothing {
  const [first, last] = [noise[0], noise.at(-1)];
  if (first === undefined || last === undefined || noise.length < 2) return nothing;
  const shown = quantities().filter(({ key }) => noise.some((reading) => reading[key] !== null));
  return html`<section aria-labelledby="noise-heading" data-part="noise">
    <h3 id="noise-heading">${l10n.t('The host during the run')}</h3>
    ${findings.filter(({ kind }) => kind.startsWith(NOISY)).map(warning)}
    <dl class="noise">
      ${shown.map((quantity) => row(quantity, noise))}
      <div class="noise-time" aria-hidden="true">
        <span>0</span><span>${formatDuration((last.atMs - first.atMs) * 1e6)}</span>
      </div>
    </dl>
  </section>`;
}

function quantities(): readonly Quantity[] {
  return [
    { key: 'stealShare', name: l10n.t('Stolen by the hypervisor'), atLeast: 0.1, format: formatPercent },
    { key: 'runnable', name: l10n.t('Tasks that want to run'), atLeast: 4, format: formatNumber },
    { key: 'cpuPressure', name: l10n.t('Some task waits for a CPU'), atLeast: 0.25, format: formatPercent },
    { key: 'ioPressure', name: l10n.t('Some task waits for I/O'), atLeast: 0.25, format: formatPercent },
    {
      key: 'mhz',
      name: l10n.t('CPU frequency'),
      atLeast: 1,
      format: (value) => `${formatNumber(Math.round(value))} MHz`,
    },
    { key: 'othersWrittenBytes', name: l10n.t('Written by others'), atLeast: 1 << 20, format: formatBytes },
  ];
}

function warning({ text }: Finding): TemplateResult {
  return html`<p class="noise-warning" data-part="noise-warning">
    <span class="codicon codicon-warning" aria-hidden="true"></span> <span>${text}</span>
  </p>`;
}

function row({ key, name, atLeast, format }: Quantity, noise: readonly NoiseReading[]): TemplateResult {
  const values = noise.flatMap((reading) => reading[key] ?? []);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const range = least === most ? format(most) : l10n.t('{0} to {1}', format(least), format(most));
  return html`<div data-noise=${key}>
    <dt>${key === 'stealShare' ? term('steal', name) : name}</dt>
    <dd>
      <svg class="noise-curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
        <path class="ground" d="M0 ${HEIGHT}H${WIDTH}" />
        ${pieces(key, noise, Math.max(most, atLeast)).map((d) => svg`<path class="curve" d=${d} />`)}
      </svg>
      <span class="noise-range">${range}</span>
    </dd>
  </div>`;
}

/** The curve, cut where there was nothing to read. */
function pieces(key: Quantity['key'], noise: readonly NoiseReading[], top: number): readonly string[] {
  const [start, end] = [noise[0]?.atMs ?? 0, noise.at(-1)?.atMs ?? 1];
  const found: string[][] = [[]];
  for (const reading of noise) {
    const value = reading[key];
    if (value === null) {
      found.push([]);
      continue;
    }
    const x = ((reading.atMs - start) / Math.max(1, end - start)) * WIDTH;
    const y = HEIGHT - 1.5 - (value / top) * (HEIGHT - 3);
    found.at(-1)?.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  }
  return found.filter((points) => points.length > 1).map((points) => `M${points.join('L')}`);
}
