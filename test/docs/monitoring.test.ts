/** The PrometheusRule of the manual: its shape. What its expressions say, Prometheus is asked in test/alerts. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readArguments } from '../../src/cli/arguments.ts';
import { blocksOf, pages } from './pages.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface PrometheusRule {
  readonly apiVersion: string;
  readonly metadata: object;
  readonly spec: { readonly groups: readonly { readonly name: string; readonly rules: readonly Alert[] }[] };
}

const RULES = pages()
  .flatMap(blocksOf)
  .filter(({ language, text }) => language === 'yaml' && text.includes('kind: PrometheusRule'))
  .map(({ text }) => parse(text) as PrometheusRule);
const ALERTS = RULES.flatMap(({ spec }) => spec.groups.flatMap(({ rules }) => rules));

describe('the PrometheusRule of the manual', () => {
  it('is what the operator of Prometheus takes', () => {
    expect(RULES.map(({ apiVersion, metadata }) => ({ apiVersion, metadata }))).toEqual([
      { apiVersion: 'monitoring.coreos.com/v1', metadata: { name: 'keyferry', namespace: 'monitoring' } },
    ]);
  });

  it.each(ALERTS.map((alert) => [alert.alert, alert] as const))('has all that an alert needs: %s', (_name, alert) => {
    expect(alert).toEqual({
      alert: expect.stringMatching(/^Keyferry[A-Z]\w+$/u),
      expr: expect.stringContaining('keyferry.*'),
      ...(alert.for === undefined ? {} : { for: expect.stringMatching(/^\d+[smhd]$/u) }),
      labels: { severity: expect.stringMatching(/^(?:warning|critical)$/u) },
      annotations: { summary: expect.stringMatching(/\.$/u), description: expect.stringMatching(/\.$/u) },
    });
  });

  it('names commands that there are', () => {
    const texts = ALERTS.map(({ annotations }) => annotations['description'] ?? '');
    const commands = texts.flatMap((text) => [...text.matchAll(/\bkeyferry ([a-z]+(?: --[a-z-]+)*)/gu)]);
    expect(commands).toHaveLength(ALERTS.length);
    for (const [, line = ''] of commands) expect(readArguments(line.split(' ')).kind).toBe('run');
  });
});
