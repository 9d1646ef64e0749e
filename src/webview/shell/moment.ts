/** Moments on a page: in its language, and as its reader writes them where the page has no words of their language. */
export function momentText(iso: string, timeStyle: 'short' | 'medium' = 'short'): string {
  const { lang } = document.documentElement;
  return new Date(iso).toLocaleString(lang === 'en' ? undefined : lang, { dateStyle: 'medium', timeStyle });
}
