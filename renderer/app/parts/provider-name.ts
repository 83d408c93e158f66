/** An intake provider as people write it: the insurer file has «BITMARCK SERVICE GMBH», we show «Bitmarck Service GmbH». */
export function providerName(provider: string): string {
  return provider
    .split(' ')
    .map((word) => {
      if (word.toUpperCase() === 'GMBH') return 'GmbH';
      const isShouted = word.length > 3 && word === word.toUpperCase();
      return isShouted ? word.charAt(0) + word.slice(1).toLowerCase() : word;
    })
    .join(' ');
}
