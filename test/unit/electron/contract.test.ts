import { describe, expect, test, vi } from 'vitest';
import { contract } from '../../../electron/contract/contract';
import { createHost } from '../../../electron/contract/host';
import { RefusedCall, serve } from '../../../electron/contract/serve';
import { handlersWith } from './handlers';

describe('the contract', () => {
  test('the page’s functions and the host’s handlers meet: a call goes through both and comes back', async () => {
    const host = createHost(serve(handlersWith({})));
    await expect(host.host.describe({})).resolves.toEqual({ kind: 'loopback', version: '1.2.3', platform: 'test' });
  });

  test('gives the page a function for every call, and nothing more', () => {
    const host = createHost(() => Promise.resolve({}));
    const namesOf = (groups: Readonly<Record<string, object>>): string[] =>
      Object.entries(groups).flatMap(([group, calls]) => Object.keys(calls).map((name) => `${group}.${name}`));
    expect(namesOf(host)).toEqual(namesOf(contract));
  });

  test('an argument is parsed before the handler sees it: unknown fields are gone', async () => {
    const setInFlight = vi.fn(() => Promise.resolve({}));
    await serve(handlersWith({ setInFlight }))('host', 'setInFlight', { count: 2, more: 'x' });
    expect(setInFlight).toHaveBeenCalledExactlyOnceWith({ count: 2 });
  });

  test.each([
    ['host', 'nosuch', {}],
    ['nosuch', 'describe', {}],
    ['__proto__', 'toString', {}],
    ['host', 'constructor', {}],
    ['host', 'setInFlight', { count: 0.5 }],
    ['host', 'setInFlight', undefined],
    ['printing', 'print', { printerId: 'p', paper: 'A5', jobName: 'j', pdf: 'not base64!' }],
  ])('refuses %s.%s %j', async (group, name, argument) => {
    await expect(serve(handlersWith({}))(group, name, argument)).rejects.toBeInstanceOf(RefusedCall);
  });

  test('a handler’s wrong result shows where it was made, and the page refuses it too', async () => {
    const wrong: unknown = { kind: 'typewriter', version: '1', platform: 'x' };
    const host = createHost(() => Promise.resolve(wrong));
    await expect(host.host.describe({})).rejects.toThrow();
    const handlers = handlersWith({ printers: () => Promise.resolve(JSON.parse('[{"id":1}]')) });
    await expect(serve(handlers)('printing', 'printers', {})).rejects.not.toBeInstanceOf(RefusedCall);
  });
});
