/**
 * `time.Parse(time.RFC3339, …)`, which takes more than RFC 3339 has: an hour of one digit, a comma before the fraction,
 * any number of fraction digits, offsets up to 24:60. It takes less than JavaScript: neither small letters nor second 60.
 */
const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/u;

/** Whole seconds since 1970, the fraction cut off; `undefined` for a text that is no time. */
export function parseRfc3339(text: string): number | undefined {
  const parts = FORM.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const [offsetHours, offsetMinutes] = [Number(parts[8] ?? 0), Number(parts[9] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 24 || offsetMinutes > 60) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * 60 * (parts[7] === '-' ? -1 : 1);
  return secondsAt(year, month, day) + (hour * 60 + minute) * 60 + second - offset;
}

/** `Date.UTC` takes the years 0 to 99 for 1900 to 1999. */
function secondsAt(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) / 1000;
}

function daysIn(year: number, month: number): number {
  const next = new Date(0);
  next.setUTCFullYear(year, month, 0);
  return next.getUTCDate();
}
