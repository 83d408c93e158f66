import { contract } from './contract';
import type { Call } from './call';
import type { Host, Transport } from './host';

/** What a host implements: the same functions, with parsed arguments. */
export type Handlers = Host;

/** A call that the contract does not know, or whose argument it does not allow. */
export class RefusedCall extends Error {}

/**
 * Turns handlers into a transport: looks the call up, parses the argument, and parses the result too, so that a host's mistake shows
 * where it was made. Throws `RefusedCall` for an unknown call or a bad argument.
 */
export function serve(handlers: Handlers): Transport {
  return async (group, name, argument) => {
    const definition = findCall(group, name);
    const parsed = definition.argument.safeParse(argument);
    if (!parsed.success) throw new RefusedCall(`${group}.${name}: ${parsed.error.message}`);
    const handler = findHandler(handlers, group, name);
    return definition.result.parse(await handler(parsed.data));
  };
}

function findCall(group: string, name: string): Call {
  const calls: Readonly<Record<string, Readonly<Record<string, Call>>>> = contract;
  const definition = Object.hasOwn(calls, group) ? calls[group] : undefined;
  const found = definition !== undefined && Object.hasOwn(definition, name) ? definition[name] : undefined;
  if (found === undefined) throw new RefusedCall(`${group}.${name}: no such call`);
  return found;
}

function findHandler(handlers: Handlers, group: string, name: string): (argument: unknown) => Promise<unknown> {
  const functions = Object.entries(handlers).find(([key]) => key === group)?.[1];
  const found: unknown = Object.entries(functions ?? {}).find(([key]) => key === name)?.[1];
  if (typeof found !== 'function') throw new RefusedCall(`${group}.${name}: not served here`);
  return async (argument) => {
    const result: unknown = await found.call(undefined, argument);
    return result;
  };
}
