import type { XmlElement } from './xml';

/** What an element of a request must look like: the part of the official XSDs that this world's connector checks. */
export interface Shape {
  readonly uri: string;
  readonly local: string;
  readonly optional?: boolean;
  readonly repeated?: boolean;
  /** Attributes that must be there. */
  readonly required?: readonly string[];
  /** Text that fits the pattern; children in this order; children in any order; or anything. */
  readonly content:
    | { readonly kind: 'text'; readonly pattern: RegExp }
    | { readonly kind: 'sequence'; readonly members: readonly Shape[] }
    | { readonly kind: 'all'; readonly members: readonly Shape[] }
    | { readonly kind: 'any' };
}

/** Says what is wrong with an element; `null` if nothing is. */
export function findMistake(element: XmlElement, shape: Shape): string | null {
  if (element.uri !== shape.uri || element.local !== shape.local) {
    return `{${element.uri}}${element.local} stands where {${shape.uri}}${shape.local} is expected`;
  }
  const missing = shape.required?.find((name) => !element.attributes.has(name));
  if (missing !== undefined) return `${shape.local} lacks the attribute ${missing}`;
  const { content } = shape;
  switch (content.kind) {
    case 'any':
      return null;
    case 'text':
      if (element.children.length > 0) return `${shape.local} may not have children`;
      return content.pattern.test(element.text) ? null : `${shape.local} has a value that is not allowed`;
    case 'sequence':
      return findMistakeInSequence(element, content.members);
    case 'all':
      return findMistakeInAll(element, content.members);
  }
}

function findMistakeInSequence(parent: XmlElement, members: readonly Shape[]): string | null {
  const rest = [...parent.children];
  for (const member of members) {
    let count = 0;
    while (isNamed(rest[0], member) && (count === 0 || member.repeated === true)) {
      const element = rest.shift();
      const mistake = element === undefined ? null : findMistake(element, member);
      if (mistake !== null) return mistake;
      count += 1;
    }
    if (count === 0 && member.optional !== true) return `${parent.local} lacks {${member.uri}}${member.local}`;
  }
  const [left] = rest;
  return left === undefined ? null : `${parent.local} may not contain {${left.uri}}${left.local} here`;
}

function findMistakeInAll(parent: XmlElement, members: readonly Shape[]): string | null {
  const seen = new Set<Shape>();
  for (const element of parent.children) {
    const member = members.find((candidate) => isNamed(element, candidate));
    if (member === undefined || seen.has(member)) {
      return `${parent.local} may not contain {${element.uri}}${element.local} here`;
    }
    seen.add(member);
    const mistake = findMistake(element, member);
    if (mistake !== null) return mistake;
  }
  return null;
}

function isNamed(element: XmlElement | undefined, shape: Shape): boolean {
  return element?.uri === shape.uri && element.local === shape.local;
}
