import type { SpawnSyncOptions } from 'node:child_process';

export const root: string;
export function run(command: string, args: readonly string[], options?: SpawnSyncOptions): number;
export function hasProgram(name: string): boolean;
export function isInstalled(folder?: string): boolean;
export function install(): boolean;
export function electronBinary(): string | null;
export function fetchElectron(): void;
export function findChromium(): Promise<string | null>;
export function ensureChromium(): Promise<string | null>;
