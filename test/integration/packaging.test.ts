import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCurrentFuseWire, FuseState, FuseV1Options } from '@electron/fuses';
import { extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildHosts, buildPrintPage } from '../../build/bundle.mjs';
import { root } from '../../build/setup.mjs';
import { stubElectron, stubWindowsElectron } from './packaging-stubs';

// Packs the real program with the real electron-builder.yml around a stub of Electron's program. This proves what goes into the installer and
// which fuses are set. It says NOTHING about whether the program starts: Electron's own program is not in it.
describe('packaging (around a stub of Electron: says nothing about whether the program starts)', () => {
});
