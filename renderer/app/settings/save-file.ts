/** Hands bytes to the user as a file; where it goes is the window's own question. */
export function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
