// npm run drill, certify, bench, conformance, soak, dist: installs and builds what is missing, then runs build/NAME.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { install, root } from './setup.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = join(root, 'build', `${name}.ts`);
if (!/^[a-z]+$/.test(name) || !existsSync(script)) {
  console.error(`There is no command «${name}» (no build/${name}.ts).`);
  process.exit(2);
}
install();
// These measure the built page. The others need only the sources; the drill builds its own page.
if (['bench', 'soak'].includes(name)) {
  const { buildAll } = await import('./bundle.mjs');
  await buildAll();
}
const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: process.cwd(), stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
