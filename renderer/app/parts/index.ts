/** The components that every screen is built of. */
export { Announcer, useAnnounce } from './announcer';
export { Button } from './button';
export { ChoiceGroup, Toggle, ToggleGroup } from './choices';
export { ComboBox, type Option } from './combo-box';
export { DataTable, type Column } from './data-table';
export { DayField } from './day-field';
export { clockTime, dayWithWeekday, shortInstant } from './day-words';
export { ConfirmDialog, Dialog } from './dialog';
export { ErrorBoundary } from './error-boundary';
export { FieldMessages, type FieldNote } from './field-message';
export { OfficeProvider, useOffice } from './office-context';
export { ProgressBar, Waiting } from './progress';
export { Select } from './select';
export { useShortcut } from './shortcut';
export { Card, EmptyState, Notice, PageHeader, StatusDot, Tag, type DotKind } from './surfaces';
export { NumberText, TextField } from './text-field';
export { createWording, TextsProvider, useTexts, type TextKey, type Wording } from './texts-context';
export { useLive, type Live } from './use-live';
