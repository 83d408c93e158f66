import { describe, expect, it } from 'vitest';
import { isFromKimService } from '../../../renderer/outbox/kim-service';
import { exampleAccount, exampleServer } from '../services/examples';

const service = { host: 'mail.anbieter.kim.telematik', port: 465 };
const server = exampleServer(1, { service });
const account = exampleAccount([], server, server, { address: 'Praxis.Muster@anbieter.kim.telematik' });
const without = exampleAccount([], exampleServer(1, { service: null }), exampleServer(1, { service: null }), {
  address: 'praxis@anbieter.kim.telematik',
});

describe('who may say that the KIM service could not carry a message', () => {
  it.each([
    'praxis.muster@anbieter.kim.telematik',
    'MAILER-DAEMON@anbieter.kim.telematik',
    'mailer-daemon@mx2.anbieter.kim.telematik',
    'postmaster@mail.anbieter.kim.telematik',
    'noreply@anbieter.kim.telematik',
    'no-reply@anbieter.kim.telematik',
    'clientmodul@anbieter.kim.telematik',
    'KIM-Clientmodul-2@anbieter.kim.telematik',
    'fachdienst@anbieter.kim.telematik',
  ])('%s', (sender) => {
    expect(isFromKimService(sender, account)).toBe(true);
  });

  it.each([
    '',
    '@',
    'mailer-daemon',
    'mailer-daemon@',
    'arzt.nebenan@anbieter.kim.telematik',
    'mailer-daemon.muster@anbieter.kim.telematik',
    'mailer-daemon@kim.telematik',
    'mailer-daemon@anderer.kim.telematik',
    'mailer-daemon@fremdanbieter.kim.telematik',
    'mailer-daemon@anbieter.kim.telematik.evil.test',
    'mailer-daemon@evil.test@anbieter.kim.telematik.evil',
    'praxis.muster@evil.test',
    'eau@kasse.kim.telematik',
  ])('not: %s', (sender) => {
    expect(isFromKimService(sender, account)).toBe(false);
  });

  it('where no mail service is set up, the domain of the own address alone counts', () => {
    expect(isFromKimService('postmaster@anbieter.kim.telematik', without)).toBe(true);
    expect(isFromKimService('postmaster@', without)).toBe(false);
  });
});
