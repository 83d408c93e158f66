import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../setup.mjs';

/** What one process tells of the dialogues it troubled (`build/chaos/dialogues.ts`). */
export const everyByteSchema = z.object({
  dialogues: z.number(),
  wrong: z.array(z.string()),
  kinds: z.record(z.string(), z.number()),
  reached: z.record(z.string(), z.object({ bytes: z.number(), cut: z.number() })),
});
export type EveryByte = z.output<typeof everyByteSchema>;

/** Troubles its part of the dialogues, every byte of them, in a process of its own: one processor each. */
export async function everyByte(part: {
  readonly seed: number;
  readonly milliseconds: number;
  readonly index: number;
  readonly of: number;
}): Promise<EveryByte> {
  const script = join(root, 'build', 'soak', 'every-byte-part.ts');
  const argument = [part.seed, part.milliseconds, part.index, part.of].map(String);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...argument], { cwd: root });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output.stderr += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0)
    return {
      dialogues: 0,
      wrong: [`the process ended with ${String(code)}. ${output.stderr.slice(-500)}`],
      kinds: {},
      reached: {},
    };
  return everyByteSchema.parse(JSON.parse(output.stdout));
}
