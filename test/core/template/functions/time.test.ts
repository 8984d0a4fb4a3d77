import { describe, expect, it } from '@jest/globals';
import { render, type Given } from './render.ts';

/** 2026-03-29T00:59:59.5Z: half a second before clocks go forward in Berlin. */
const BEFORE_SUMMER: Given = { environment: { nowNanoseconds: () => 1_774_745_999_500_000_000n } };

describe('functions for dates', () => {
  it.each([
    ['{{ now }}', '2026-03-29 00:59:59.5 +0000 UTC m=+0.000000001'],
    ['{{ now | date "Mon Jan _2 15:04:05.000 2006" }}', 'Sun Mar 29 00:59:59.500 2026'],
    ['{{ dateInZone "15:04 MST" now "Europe/Berlin" }}', '01:59 CET'],
    ['{{ dateInZone "15:04 MST" (dateModify "1s" now) "Europe/Berlin" }}', '03:00 CEST'],
    ['{{ dateInZone "15:04" now "No/Where" }}', '00:59'],
    ['{{ ago (dateModify "-90m" now) }}', '1h30m0s'],
    ['{{ unixEpoch now }}', '1774745999'],
    ['{{ (toDate "2006-01-02" "2026-02-28").AddDate 0 0 1 | htmlDate }}', '2026-03-01'],
    ['{{ (now.Month) }} {{ now.Weekday }} {{ now.YearDay }}', 'March Sunday 88'],
    ['{{ toDate "2006-01-02" "29.03.2026" }}', '0001-01-01 00:00:00 +0000 UTC'],
    ['{{ duration "95" }} {{ durationRound "2h10m5s" }}', '1m35s 2h'],
    ['{{ now | toJson }}', '"2026-03-29T00:59:59.5Z"'],
  ])('renders %s as sprig does in a container without a time zone', (template, text) => {
    expect(render(template, BEFORE_SUMMER)).toBe(text);
  });

  it('asks the clock again for each now', () => {
    let seconds = 0n;
    const nowNanoseconds = (): bigint => ++seconds * 1_000_000_000n;
    expect(render('{{ now.Unix }} {{ now.Unix }}', { environment: { nowNanoseconds } })).toBe('1 2');
  });

  it('fails with the words of Go when a text is no date', () => {
    expect(render('{{ mustToDate "2006-01-02" "2026-13-01" }}')).toBe(
      'error calling mustToDate: parsing time "2026-13-01": month out of range',
    );
    expect(render('{{ mustDateModify "1x" now }}')).toBe(
      'error calling mustDateModify: time: unknown unit "x" in duration "1x"',
    );
  });

  it('keeps time beyond what JavaScript can count', () => {
    expect(render('{{ (toDate "2006-01-02" "9999-12-31").AddDate 1000000 0 0 }}')).toBe(
      '1009999-12-31 00:00:00 +0000 UTC',
    );
  });
});
