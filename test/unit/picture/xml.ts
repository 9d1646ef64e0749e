/** Whether a text is well-formed XML, as far as pictures use it (XML 1.0, 2.1): tags that close, names, references. */

const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|[^<>]+/gy;

/** What is wrong with it; nothing where it is well formed. */
export function problemsOfXml(text: string): readonly string[] {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '').trim();
  const open: string[] = [];
  let [end, roots] = [0, 0];
  for (const token of body.matchAll(TOKEN)) {
    const [whole, closes, name = '', attributes = '', empty] = token;
    end = token.index + whole.length;
    const names = [...attributes.matchAll(/([\w:-]+)="/g)].map(([, each]) => each);
    if (new Set(names).size < names.length) return [`an attribute twice: ${whole}`];
    if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(whole)) return [`a stray &: ${whole}`];
    if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(whole))
      return ['a character that XML does not have'];
    if (name === '' && open.length === 0) return [`text outside of the root: ${whole}`];
    if (name !== '' && open.length === 0) roots++;
    if (closes === '/' && open.pop() !== name) return [`${whole} closes what is not open`];
    if (name !== '' && closes === '' && empty === '') open.push(name);
  }
  return [
    ...(end < body.length ? [`no token: ${body.slice(end, end + 80)}`] : []),
    ...(open.length > 0 ? [`never closed: ${open.join(', ')}`] : []),
    ...(roots === 1 ? [] : [`${roots} roots`]),
  ];
}
