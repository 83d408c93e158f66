import type { MailAccount } from '../../electron/contract/connections';

/**
 * Whether a notice with `X-KIM-Fehlermeldung` comes from where such notices come from: the client module sends them over the practice's own KIM
 * provider, back to the practice (gematik's guide to KIM, «Fehlernachrichten»; client module specification, A_20650). So the sender is the practice's
 * own address, or one that the provider's mail system writes under, at the provider's domain. Anybody else who takes part in KIM, at the
 * same provider too, may write the header into a mail, and changes nothing by it.
 */
export function isFromKimService(sender: string, account: MailAccount): boolean {
  const address = sender.trim().toLowerCase();
  if (address === account.address.trim().toLowerCase()) return true;
  const at = address.lastIndexOf('@');
  if (at < 1) return false;
  return systemName.test(address.slice(0, at)) && isOfProvider(address.slice(at + 1), account);
}

/** Names that mail systems write under (RFC 2142, RFC 5321) and that client modules use. They are nobody's mailbox. */
const systemName =
  /^(mailer-daemon|postmaster|no-?reply|(kim[-_.]?)?(client-?module?|fachdienst|service|system)|kim)([-_.]?\d+)?$/;

/** The domain of the practice's own address, the mail service's host that the client module reaches, or a host below either. */
function isOfProvider(domain: string, { address, smtp, pop3 }: MailAccount): boolean {
  const own = [address.slice(address.lastIndexOf('@') + 1), smtp.service?.host ?? '', pop3.service?.host ?? ''];
  return own
    .map((host) => host.trim().toLowerCase())
    .some((host) => host.includes('.') && (domain === host || domain.endsWith(`.${host}`)));
}
