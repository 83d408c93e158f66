import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import { Database } from '../../../renderer/store/database';
import { storageFailure } from '../../../renderer/store/failures';
import { Room } from '../../../renderer/store/room';
import { Store } from '../../../renderer/store/store';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

const noRoom = () => new DOMException('no room', 'QuotaExceededError');

describe('the database’s room', () => {
  it('is known to be gone by what the browser says, of its own share and of the disk itself', () => {
    expect(storageFailure(noRoom()).reason).toBe('full');
    expect(storageFailure(new Dexie.DataError('Failed to write blobs (IOError)')).reason).toBe('full');
    expect(storageFailure(new Dexie.DataError('No key')).reason).toBe('other');
  });

  it('stays gone until a write finds some, and other failures say nothing about it', () => {
    const room = new Room();
    const told: boolean[] = [];
    const stop = room.onChange(() => told.push(room.isFull));
    const other = storageFailure(new Dexie.DataError('No key'));
    room.note(other);
    room.note(storageFailure(noRoom()));
    room.note(storageFailure(noRoom()));
    room.note(other);
    expect(room.isFull).toBe(true);
    room.note(null);
    stop();
    room.note(storageFailure(noRoom()));
    expect(told).toEqual([true, false]);
  });

  it('is tried again by a trial that leaves nothing behind', async () => {
    const name = `room-${crypto.randomUUID()}`;
    const clock = { now: () => new Date('2026-11-26T10:00:00Z'), sleep: () => Promise.resolve() };
    const means = { clock, newId: () => crypto.randomUUID(), keys: testKeys(), journal: new MemoryJournal() };
    const opened = await Store.open(name, { ...means, user: () => 'AB' });
    if (opened.kind !== 'open') throw new Error(opened.reason);
    expect(await opened.store.hasRoom()).toBe(true);
    const database = new Database(name);
    const disk = { isFull: true };
    database.counters.hook('creating', () => {
      if (disk.isFull) throw noRoom();
    });
    const room = new Room();
    room.note(storageFailure(noRoom()));
    await room.tryAgain(database);
    expect(room.isFull).toBe(true);
    disk.isFull = false;
    await room.tryAgain(database);
    expect(room.isFull).toBe(false);
    expect(await database.counters.toCollection().primaryKeys()).toEqual(['write']);
    database.close();
    opened.store.close();
  });
});
