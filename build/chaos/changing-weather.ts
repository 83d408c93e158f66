import type { Weather } from './model-world';
import type { SeededRandom } from './random';

/** The weather that follows: sometimes another, and then everything is up more often than not. */
export function changedWeather(before: Weather, providerNames: readonly string[], random: SeededRandom): Weather {
  if (!random.chance(0.3)) return before;
  const providers = new Map(before.providers);
  const provider = random.pick(providerNames);
  if (random.chance(0.4)) providers.delete(provider);
  else providers.set(provider, random.pick(['bounce', 'vanish', 'vanish', 'kim-error'] as const));
  const mostlyUp = <T>(...troubles: T[]): T | 'up' => (random.chance(0.6) ? 'up' : random.pick(troubles));
  return {
    providers,
    connector: mostlyUp('down' as const),
    mailServer: mostlyUp('down' as const, 'answer-lost' as const, 'cut-before-data' as const),
    mailbox: mostlyUp('down' as const),
    directory: mostlyUp('down' as const, 'empty' as const),
  };
}
