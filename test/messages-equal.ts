/**
 * Tests write a message as the command line shows it: a message of parts equals that text. Two messages are equal where
 * their parts are, so that a setting is never equal to a text that looks like it.
 */
import { expect } from '@jest/globals';
import { ComposedMessage, messageText } from '../src/core/model/message.ts';

function areEqual(a: unknown, b: unknown): boolean | undefined {
  if (a instanceof ComposedMessage && typeof b === 'string') return messageText(a) === b;
  if (b instanceof ComposedMessage && typeof a === 'string') return messageText(b) === a;
  return undefined;
}

expect.addEqualityTesters([areEqual]);
