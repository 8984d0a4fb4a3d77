/**
 * Days and dates of the Gregorian calendar, carried on into all past and future, as Go's time package has it.
 *
 * JavaScript's own dates end with the year 275760; Go's reach on, and are asked for.
 */

export const DAY_SECONDS = 86_400n;

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 to 366. */
  readonly yearDay: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

/** Days from 1 March of year 0 to 1 January 1970. */
const DAYS_TO_1970 = 719_468;
const DAYS_IN_ERA = 146_097;

/** The date of a day, counted from 1 January 1970. */
export function dateOfDay(day: number): CivilDate {
  const shifted = day + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_IN_ERA);
  const dayOfEra = shifted - era * DAYS_IN_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    yearDay: day - dayOf(year, 1, 1) + 1,
    weekday: (((day + 4) % 7) + 7) % 7,
  };
}

/** The day of a date. A month beyond the year and a day beyond the month run on into the next ones, or back. */
export function dayOf(year: number, month: number, day: number): number {
  const actualYear = year + Math.floor((month - 1) / 12);
  const actualMonth = ((((month - 1) % 12) + 12) % 12) + 1;
  const shiftedYear = actualMonth <= 2 ? actualYear - 1 : actualYear;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (actualMonth + (actualMonth > 2 ? -3 : 9)) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_IN_ERA + dayOfEra - DAYS_TO_1970 + day - 1;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  return dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
