import type { z } from 'zod';
import type { Call } from './call';
import { contract, type Contract } from './contract';

/** The host as the page sees it: `host.mail.submit(argument)` → parsed result. */
export type Host = {
  readonly [G in keyof Contract]: {
    readonly [C in keyof Contract[G]]: Contract[G][C] extends {
      argument: infer A extends z.ZodType;
      result: infer R extends z.ZodType;
    }
      ? (argument: z.input<A>) => Promise<z.output<R>>
      : never;
  };
};

/** Carries a call to the other side: IPC or HTTP. Rejects only when the other side can't be reached or refuses the call itself. */
export type Transport = (group: string, name: string, argument: unknown) => Promise<unknown>;

/** Derives the page's typed functions from the contract. Results are parsed: the page trusts nothing it is handed. */
export function createHost(transport: Transport): Host {
  const allGroups: Readonly<Record<string, Readonly<Record<string, Call>>>> = contract;
  const groups = Object.entries(allGroups).map(([group, calls]) => [
    group,
    Object.fromEntries(
      Object.entries(calls).map(([name, definition]) => [
        name,
        async (argument: unknown) => definition.result.parse(await transport(group, name, argument)),
      ]),
    ),
  ]);
  const host: unknown = Object.fromEntries(groups);
  return assertHost(host);
}

/** The one place where a derived object gets its derived type; it was built from the contract's own keys just before. */
function assertHost(host: unknown): Host {
  if (!isHost(host)) throw new Error('The derived host lacks a group of the contract.');
  return host;
}
function isHost(host: unknown): host is Host {
  return typeof host === 'object' && host !== null && Object.keys(contract).every((group) => group in host);
}
