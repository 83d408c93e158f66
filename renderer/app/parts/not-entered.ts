/** Addresses that are known not to exist (RFC 6761): a connection nobody has entered yet is unreachable, and says so when it is tried. */
export const notEnteredHost = 'noch-nicht-eingetragen.invalid';
export const notEnteredEndpoint = `https://${notEnteredHost}`;
