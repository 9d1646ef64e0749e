/** What the user points at, wherever on the page: the same case is marked in every chart and in the ranking. */
import type { Plotted } from '../../model/charts/description.ts';

export class Pointing {
  /** Null while nothing is pointed at. */
  current: Plotted | null = null;
  private readonly observers = new Set<() => void>();

  at(plotted: Plotted | null): void {
    if (plotted?.case === this.current?.case && plotted?.mode === this.current?.mode) return;
    this.current = plotted;
    for (const changed of this.observers) changed();
  }

  /** Whether a case is pointed at, by itself or by its mode. */
  isAt({ case: index, mode }: Plotted): boolean {
    if (this.current === null) return false;
    return this.current.case === null ? this.current.mode === mode : this.current.case === index;
  }

  /** Calls back after every change. Returns how to stop. */
  observe(changed: () => void): () => void {
    this.observers.add(changed);
    return () => this.observers.delete(changed);
  }
}
