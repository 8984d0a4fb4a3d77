/** The version of this program; a test compares it with package.json. */
export const VERSION = '0.1.0';

/** One line, or what a report of a fault wants to hold. */
export function versionText(output: 'text' | 'json'): string {
  if (output === 'text') return `${VERSION}\n`;
  const { version: node, platform, arch } = process;
  return `${JSON.stringify({ version: VERSION, node: node.slice(1), platform: `${platform}-${arch}` })}\n`;
}
