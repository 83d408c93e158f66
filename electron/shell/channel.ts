/** The one IPC channel. What it carries is checked by `serve()` against the contract. */
export const callChannel = 'ersatzschein:call';
