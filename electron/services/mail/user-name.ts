import type { MailAccount } from '../../contract/connections';

/**
 * The user name for SMTP at the client module: `<address>#<server>:<port>#<MandantId>#<ClientsystemId>#<WorkplaceId>[#<KonnektorId>]`, or
 * the plain address for a mail server between, which adds the rest itself. The service part is left out where none is configured and there is
 * no context either. Source: eau.md section 7, gematik's guide Tab_ILF_PS_Bildungsregel_SMTP_Benutzername.
 */
export function smtpUserName(account: MailAccount): string {
  const { smtp, context } = account;
  return [
    ...mailboxPart(account, smtp),
    ...(smtp.withContext ? [context.mandantId, context.clientSystemId, context.workplaceId] : []),
    ...(smtp.withContext && context.connectorId !== null ? [context.connectorId] : []),
  ].join('#');
}

/**
 * The user name for POP3: as for SMTP, with the `UserId` before the connector's id. Where a connector's id follows and there is no user, `*` stands
 * in its place, for positions may not be left out (Tab_ILF_PS_Bildungsregel_POP3_Benutzername).
 */
export function pop3UserName(account: MailAccount): string {
  const { pop3, context } = account;
  const user = context.userId ?? (context.connectorId === null ? null : '*');
  return [
    ...mailboxPart(account, pop3),
    ...(pop3.withContext ? [context.mandantId, context.clientSystemId, context.workplaceId] : []),
    ...(pop3.withContext && user !== null ? [user] : []),
    ...(pop3.withContext && context.connectorId !== null ? [context.connectorId] : []),
  ].join('#');
}

function mailboxPart(account: MailAccount, server: MailAccount['smtp']): string[] {
  if (server.service !== null) return [account.address, `${server.service.host}:${server.service.port}`];
  // The position can't be left out where a context follows, so the server itself stands there.
  return server.withContext ? [account.address, `${server.host}:${server.port}`] : [account.address];
}
