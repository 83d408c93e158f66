import type { MailAccount } from '../contract/connections';

/**
 * Says whether somebody may log in to the KIM client module. Both forms of the user name are known (eau.md section 7): the bare KIM
 * address, and `<address>#<server>:<port>#<MandantId>#<ClientsystemId>#<WorkplaceId>`, to which SMTP may add `#<KonnektorId>` and
 * POP3 `#<UserId>` and then `#<KonnektorId>`; `*` stands for a part that is left out.
 */
export function mayLogIn(
  protocol: 'smtp' | 'pop3',
  account: MailAccount,
  user: string | null | undefined,
  password: string | null | undefined,
): boolean {
  if (user === undefined || user === null || password !== account[protocol].password) return false;
  const [address, ...rest] = user.split('#');
  if (address?.toLowerCase() !== account.address.toLowerCase()) return false;
  if (rest.length === 0) return true;
  const { context } = account;
  const { service } = account[protocol];
  const [server, mandant, clientSystem, workplace, ...optional] = rest;
  const optionalParts = protocol === 'smtp' ? [context.connectorId] : [context.userId, context.connectorId];
  return (
    service !== null &&
    server === `${service.host}:${service.port}` &&
    mandant === context.mandantId &&
    clientSystem === context.clientSystemId &&
    workplace === context.workplaceId &&
    optional.length <= optionalParts.length &&
    optional.every((part, index) => part === '*' || part === optionalParts[index])
  );
}
