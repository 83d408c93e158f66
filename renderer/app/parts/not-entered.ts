/** Addresses that are known not to exist (RFC 6761): they stand for a connection that nobody has entered yet. */
export const notEnteredHost = 'noch-nicht-eingetragen.invalid';
export const notEnteredEndpoint = `https://${notEnteredHost}`;
