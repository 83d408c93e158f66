import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  chainStart,
  findChainBreak,
  linkEvent,
  sha256Hex,
  type ChainLink,
} from '../../../renderer/domain/event-chain';
import { eventsOf, happened } from '../../support/events';

const chain: ChainLink[] = [];
for (const event of eventsOf(
  happened.recorded,
  happened.issued,
  happened.signed(),
  happened.attempting('a'),
  happened.handedOver('a'),
)) {
  const { id, recordId, at, user, detail } = event;
  const sealedSha256 = sha256Hex(new TextEncoder().encode(JSON.stringify(detail)));
  chain.push(linkEvent(chain.at(-1) ?? null, { id, recordId, at, user, keyId: 'key', sealedSha256 }));
}

describe('the chain of events', () => {
  it('begins at zero and holds', () => {
    expect(chain[0]?.previousHash).toBe(chainStart);
    expect(findChainBreak(chain, null)).toBeNull();
    expect(findChainBreak(chain.slice(2), chain[1] ?? null)).toBeNull();
  });

  it('SHA-256 is that of FIPS 180-4, and two links have the hashes that another implementation (Python’s hashlib and json) gives', () => {
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    const at = '2026-11-23T09:00:00.000Z';
    const sealedSha256 = sha256Hex(new TextEncoder().encode('abc'));
    const one = linkEvent(null, { id: 'e1', recordId: 'r1', at, user: 'Müller, Anna', keyId: 'k1', sealedSha256 });
    expect(one.hash).toBe('9d233a9bd38bc32ff684d51dd1922e0354cdac4752e97b3184aaac04561bed0a');
    const two = linkEvent(one, {
      ...{ id: 'e2', recordId: null, at: '2026-11-23T09:00:01.000Z', user: 'AB', keyId: null },
      sealedSha256: sha256Hex(new Uint8Array()),
    });
    expect(two.hash).toBe('25f5b986e2bcd1652fc901089c9a239272f4fc985e4d23915dce37c22cd84335');
  });

  it('shows a changed, a missing and a swapped event', () => {
    const changed = chain.map((event, index) => (index === 2 ? { ...event, user: 'XY' } : event));
    expect(findChainBreak(changed, null)).toEqual({ sequence: 3, what: 'changed' });
    const rewritten = chain.map((link, index) => (index === 2 ? { ...link, sealedSha256: '0'.repeat(64) } : link));
    expect(findChainBreak(rewritten, null)).toEqual({ sequence: 3, what: 'changed' });
    expect(
      findChainBreak(
        chain.filter((_, index) => index !== 1),
        null,
      ),
    ).toEqual({ sequence: 2, what: 'missing' });
    expect(findChainBreak([...chain].reverse(), null)).toEqual({ sequence: 1, what: 'missing' });
    expect(findChainBreak([...chain.slice(0, 2), ...chain.slice(1)], null)).toEqual({
      sequence: 3,
      what: 'out-of-order',
    });
  });

  it('SHA-256 as FIPS 180-4 gives it', () => {
    expect(sha256Hex(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('canonical JSON: the order of members does not matter, the value does (property)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
