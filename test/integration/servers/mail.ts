import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { launch, run } from './available';
import { freePort, untilListening } from './ports';

/** A running Postfix (SMTP, submission with AUTH over TLS, DSN) and Dovecot (POP3) on loopback. */
export interface MailServers {
  readonly authority: string;
  /** `smtpsNoDsn`: the same Postfix over TLS, but it doesn't announce DSN. */
  readonly ports: { smtp: number; smtps: number; smtpsNoDsn: number; pop3: number; pop3s: number };
  readonly password: string;
  stop(): void;
}

/**
 * Mailboxes: the practice's and an insurer's. Mail to `@fail.kim.test` bounces, to `@slow.kim.test` is delayed; `recipients` of the insurer's domain are
 * answered with their code.
 */
export const mailboxes = { practice: 'praxis@praxis.kim.test', payer: 'eau@kasse.kim.test' } as const;

/** Recipients that Postfix refuses, as a client module does: for now, without an encryption certificate, for good. */
export const refusedRecipients = {
  later: { address: 'spaeter@kasse.kim.test', reply: '450 4.2.1 mailbox busy' },
  noCertificate: { address: 'ohne-zertifikat@kasse.kim.test', reply: '451 4.3.0 no encryption certificate' },
  never: { address: 'nie@kasse.kim.test', reply: '554 5.7.1 not for you' },
} as const;

const password = 'geheim-123';
const mailUser = 5000;

/** Starts both in a folder of their own, as root. `sizeLimit` in bytes is what Postfix announces and keeps to. */
export async function startMailServers(sizeLimit = 52_428_800): Promise<MailServers> {
  const root = mkdtempSync(join(tmpdir(), 'ersatzschein-mail-'));
  chmodSync(root, 0o755);
  const at = (...parts: string[]) => join(root, ...parts);
  for (const folder of ['etc', 'secret', 'spool', 'spool/private', 'data', 'mail', 'dovecot', 'tls'])
    mkdirSync(at(folder));
  const ports = {
    smtp: await freePort(),
    smtps: await freePort(),
    smtpsNoDsn: await freePort(),
    pop3: await freePort(),
    pop3s: await freePort(),
  };

  const authority = createAuthority('Mail test', new Date());
  const server = authority.issue({ commonName: 'localhost' }, 'server');
  writeFileSync(at('tls', 'server.pem'), server.certificate.toString());
  writeFileSync(at('tls', 'server.key'), server.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });

  const addresses = Object.values(mailboxes);
  writeFileSync(at('secret', 'users'), addresses.map((address) => `${address}:{PLAIN}${password}\n`).join(''), {
    mode: 0o600,
  });
  run('chown', ['dovecot', at('secret', 'users')]);
  writeFileSync(at('etc', 'boxes'), addresses.map((address) => `${address} ${boxOf(address)}\n`).join(''));
  writeFileSync(at('etc', 'senders'), addresses.map((address) => `${address} ${address}\n`).join(''));
  writeFileSync(at('etc', 'dovecot.conf'), dovecotSettings(root, ports));
  writeFileSync(at('etc', 'main.cf'), postfixSettings(root, sizeLimit));
  writeFileSync(at('etc', 'master.cf'), postfixServices(ports));
  run('chown', ['postfix', at('data'), at('spool', 'private')]);
  chownSync(at('mail'), mailUser, mailUser);

  launch('dovecot', ['-c', at('etc', 'dovecot.conf')], at('start.log'));
  launch('postfix', ['-c', at('etc'), 'start'], at('start.log'));
  await untilListening(ports.smtp);
  await untilListening(ports.pop3s);
  return {
    authority: authority.pem,
    ports,
    password,
    stop: () => {
      launch('postfix', ['-c', at('etc'), 'stop'], at('start.log'));
      launch('doveadm', ['-c', at('etc', 'dovecot.conf'), 'stop'], at('start.log'));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function boxOf(address: string): string {
  const [user = '', domain = ''] = address.split('@');
  return `${domain}/${user}/`;
}

function dovecotSettings(root: string, ports: MailServers['ports']): string {
  return `
base_dir = ${root}/dovecot
log_path = ${root}/dovecot.log
protocols = pop3
listen = 127.0.0.1
ssl_cert = <${root}/tls/server.pem
ssl_key = <${root}/tls/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
# The client module's user names end in the service and the call context.
auth_username_format = %Ln@%Ld
auth_username_chars =
mail_location = maildir:${root}/mail/%d/%n
first_valid_uid = ${mailUser}
passdb {
  driver = passwd-file
  args = username_format=%u ${root}/secret/users
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${mailUser} home=${root}/mail/%d/%n
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
service auth {
  unix_listener ${root}/spool/private/auth {
    mode = 0660
    user = postfix
  }
}
`;
}

const refusals = Object.values(refusedRecipients)
  .map(({ address, reply }) => `{ ${address} = ${reply} }`)
  .join(', ');

function postfixSettings(root: string, sizeLimit: number): string {
  return Object.entries({
    compatibility_level: '3.6',
    queue_directory: `${root}/spool`,
    data_directory: `${root}/data`,
    maillog_file: `${root}/postfix.log`,
    maillog_file_prefixes: root,
    myhostname: 'mta.kim.test',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '',
    mydestination: '',
    alias_maps: '',
    local_recipient_maps: '',
    default_transport: 'error:no mail leaves this machine',
    message_size_limit: String(sizeLimit),
    virtual_mailbox_limit: '0',
    virtual_mailbox_domains: 'praxis.kim.test, kasse.kim.test',
    virtual_mailbox_base: `${root}/mail`,
    virtual_mailbox_maps: `texthash:${root}/etc/boxes`,
    virtual_uid_maps: `static:${mailUser}`,
    virtual_gid_maps: `static:${mailUser}`,
    relay_domains: 'fail.kim.test, slow.kim.test',
    transport_maps: 'inline:{ { fail.kim.test = failing: }, { slow.kim.test = slow: } }',
    queue_run_delay: '5s',
    minimal_backoff_time: '5s',
    maximal_backoff_time: '5s',
    smtpd_tls_cert_file: `${root}/tls/server.pem`,
    smtpd_tls_key_file: `${root}/tls/server.key`,
    smtpd_tls_security_level: 'may',
    smtpd_tls_auth_only: 'yes',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: 'private/auth',
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
    smtpd_recipient_restrictions: `check_recipient_access inline:{ ${refusals} }`,
    smtpd_sender_login_maps: `texthash:${root}/etc/senders`,
    smtpd_sender_restrictions: 'reject_sender_login_mismatch',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

function postfixServices(ports: MailServers['ports']): string {
  return [
    `127.0.0.1:${ports.smtp} inet n - n - - smtpd`,
    `127.0.0.1:${ports.smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    `127.0.0.1:${ports.smtpsNoDsn} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_discard_ehlo_keywords=dsn`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
    'failing unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 67}',
    'slow unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 75}',
    '',
  ].join('\n');
}
