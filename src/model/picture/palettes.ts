/** The colours and fonts of pictures that stand alone, and the size of their texts. */
import type { Palette } from './svg.ts';

export type Shade = 'light' | 'dark';
export const SHADES: readonly Shade[] = ['light', 'dark'];

/** Families that are about as wide as `textWidth` takes them to be; what comes first is on most machines. */
const FONTS = {
  sans: "Helvetica, Arial, 'Liberation Sans', sans-serif",
  mono: "Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace",
};

/** Every colour has a contrast of 4.5 : 1 or more to the background, so that thin lines and words stay clear on a slide. */
export const PALETTES: Readonly<Record<Shade, Palette>> = {
  light: {
    background: '#ffffff',
    foreground: '#1f1f1f',
    muted: '#5f5f5f',
    red: '#c72e2e',
    blue: '#1a66c2',
    green: '#2b7a2b',
    purple: '#7a3fb0',
    orange: '#a85400',
    ...FONTS,
  },
  dark: {
    background: '#1f1f1f',
    foreground: '#e4e4e4',
    muted: '#a8a8a8',
    red: '#f47070',
    blue: '#5aa9f8',
    green: '#7fc87f',
    purple: '#c29af0',
    orange: '#e8a25c',
    ...FONTS,
  },
};
