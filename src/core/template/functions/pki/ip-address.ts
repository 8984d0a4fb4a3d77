/** IP addresses as Go's net package reads and prints them. */
import type { GoString } from '../../values.ts';

/** net.IP.String: four numbers, also for an IPv4 address in IPv6; else RFC 5952. */
export function printIp(bytes: Uint8Array): GoString {
  if (bytes.length === 4) return bytes.join('.');
  const isIpv4 = bytes.subarray(0, 12).every((byte, index) => byte === (index < 10 ? 0 : 0xff));
  return isIpv4 ? bytes.subarray(12).join('.') : printGroups(groupsOf(bytes));
}

function groupsOf(bytes: Uint8Array): readonly number[] {
  return Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
}

/** The longest run of two or more zeros is left out, the first of equals. */
function printGroups(groups: readonly number[]): string {
  const hex = groups.map((group) => group.toString(16));
  const runs = groups.map((_, start) => zerosFrom(groups, start));
  const longest = Math.max(...runs);
  if (longest < 2) return hex.join(':');
  const start = runs.indexOf(longest);
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + longest).join(':')}`;
}

function zerosFrom(groups: readonly number[], start: number): number {
  const end = groups.findIndex((group, index) => index >= start && group !== 0);
  return (end < 0 ? groups.length : end) - start;
}

/** net.ParseIP: 4 or 16 bytes, or `undefined`. IPv6 zones are refused, leading zeros in IPv4 too. */
export function parseIp(text: GoString): Uint8Array | undefined {
  if (!text.includes(':')) return parseIpv4(text);
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = parseGroups(head);
  const after = tail === undefined ? [] : parseGroups(tail);
  if (before === undefined || after === undefined) return undefined;
  const missing = 16 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...before, ...Array.from({ length: missing }, () => 0), ...after]);
}

function parseIpv4(text: GoString): Uint8Array | undefined {
  const parts = text.split('.');
  const isValid = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return isValid ? Uint8Array.from(parts, Number) : undefined;
}

/** The bytes of groups between colons; the last may be an IPv4 address. */
function parseGroups(text: GoString): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = index === groups.length - 1 && group.includes('.') ? parseIpv4(group) : undefined;
    if (ipv4 !== undefined) bytes.push(...ipv4);
    else if (/^[0-9a-fA-F]{1,4}$/.test(group)) bytes.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
