import { describe, expect, it } from 'vitest';
import { holdsClinicalKey, may, permissions, roles } from '../../../renderer/domain/roles';

describe('who may do what', () => {
  it('the whole table', () => {
    const table = Object.fromEntries(
      permissions.map((permission) => [permission, roles.filter((role) => may(role, permission)).join(' ')]),
    );
    expect(table).toEqual({
      'see-certificates': 'doctor assistant',
      record: 'doctor assistant',
      issue: 'doctor',
      sign: 'doctor',
      cancel: 'doctor',
      'discard-issued': 'doctor',
      print: 'doctor assistant',
      send: 'doctor assistant',
      'end-hold': 'doctor',
      outages: 'doctor assistant administrator',
      'workplace-settings': 'doctor assistant administrator',
      'master-data': 'doctor assistant administrator',
      'practice-settings': 'administrator',
      users: 'administrator',
      'renew-keys': 'doctor',
      backups: 'doctor administrator',
      'audit-trail': 'doctor administrator',
      erasure: 'doctor',
    });
  });

  it('the administrator holds no clinical key', () => {
    expect(roles.filter(holdsClinicalKey)).toEqual(['doctor', 'assistant']);
  });
});
