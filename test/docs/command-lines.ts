/** What the manual's shell blocks call, taken apart as a shell does it. */

/** The lines that call `keyferry` or `npm run`, continued lines joined; what comes after a pipe is another program's. */
export function commandLines(text: string): readonly string[] {
  const lines = text.replace(/\\\n\s*/g, '').split('\n');
  const parts = lines.flatMap((line) => line.split(/\s+(?:\||&&|>)\s*/)).map((part) => part.trim());
  return parts.filter((part) => /^(keyferry|npm run)\b/.test(part));
}

/** As a shell takes a line apart, comments dropped; no variables, no escapes. */
export function words(line: string): readonly string[] {
  const found = line.replace(/\s#.*$/, '').matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g);
  return [...found].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}
