import { contextBridge, ipcRenderer } from 'electron';
import { callChannel } from './shell/channel';

/** The only thing the page gets from Electron: one function, which carries calls of the contract. Both sides parse what it carries. */
contextBridge.exposeInMainWorld('ersatzschein', {
  call: (group: string, name: string, argument: unknown): Promise<unknown> =>
    ipcRenderer.invoke(callChannel, group, name, argument),
});
