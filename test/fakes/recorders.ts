/** Ports that only remember what they were told. */
import type { ObjectEvent } from '../../src/core/model/condition.ts';
import type { ObjectRef } from '../../src/core/model/object-ref.ts';
import type { SecretValue } from '../../src/core/model/secret-value.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import type { Masker } from '../../src/ports/masker.ts';
import type { Publisher } from '../../src/ports/publisher.ts';

export class RecordingPublisher implements Publisher {
  readonly events: { readonly ref: ObjectRef; readonly event: ObjectEvent }[] = [];

  async event(ref: ObjectRef, event: ObjectEvent): Promise<void> {
    this.events.push({ ref, event });
  }

  /** The events since the last time this was asked. */
  take(): readonly { readonly ref: ObjectRef; readonly event: ObjectEvent }[] {
    return this.events.splice(0);
  }
}

export class RecordingMasker implements Masker {
  readonly values: SecretValue[] = [];

  spare(): void {
    // Nothing is taken out.
  }

  mask(value: SecretValue): void {
    this.values.push(value);
  }

  redact(text: string): string {
    return text;
  }

  /** True when exactly this text was masked as a whole value. */
  hasMasked(text: string): boolean {
    return this.values.some((value) => !value.isOpaque && Buffer.from(value.reveal()).toString('utf8') === text);
  }
}

export interface LogRecord {
  readonly level: keyof Logger;
  readonly message: string;
  readonly fields: LogFields;
}

export class RecordingLogger implements Logger {
  readonly records: LogRecord[] = [];

  debug(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'debug', message, fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'info', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'warn', message, fields });
  }

  error(message: string, fields: LogFields = {}): void {
    this.records.push({ level: 'error', message, fields });
  }

  /** Everything that was logged, as one text: to search it for what must not be there. */
  text(): string {
    return this.records.map((record) => JSON.stringify(record)).join('\n');
  }
}
