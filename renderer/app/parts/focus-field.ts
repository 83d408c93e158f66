/** Milliseconds until what was unfolded is there to be focused. */
export const unfoldTime = 50;

/**
 * Puts the focus into the field of this path, or of the nearest path above it that is on the screen
 * (`certificate.diagnoses.0.code` → `certificate.diagnoses.0` → `certificate.diagnoses`).
 */
export function focusField(path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const field = document.querySelector(`[data-path="${parts.slice(0, length).join('.')}"]`);
    const control = field?.querySelector('input:not([disabled]), textarea, button');
    if (control instanceof HTMLElement) {
      control.focus();
      control.scrollIntoView({ block: 'center' });
      return;
    }
  }
}
