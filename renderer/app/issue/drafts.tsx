import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import type { CertificateRecord } from '../../domain/record';
import { shortInstant, useAgenda, useOffice, useTexts } from '../parts';
import { listName } from '../parts/list-name';

/** Drafts that lie, to go on with. */
export function Drafts({
  currentId,
  onOpen,
}: {
  currentId: string | null;
  onOpen: (draft: CertificateRecord) => void;
}) {
  const t = useTexts();
  const { clock } = useOffice();
  const agenda = useAgenda();
  const drafts = agenda.kind === 'ready' ? agenda.value.drafts.filter(({ id }) => id !== currentId) : [];
  if (drafts.length === 0) return null;
  return (
    <MenuTrigger>
      <AriaButton className="button button-secondary button-small">
        {t('issue.drafts', { count: drafts.length })}
        <span className="select-arrow" aria-hidden />
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="options"
          aria-label={t('issue.drafts', { count: drafts.length })}
          items={drafts}
          onAction={(key) => {
            const draft = drafts.find(({ id }) => id === key);
            if (draft !== undefined) onOpen(draft);
          }}
        >
          {(draft) => (
            <MenuItem id={draft.id} className="option" textValue={listName(draft.content.patient)}>
              <Text slot="label" className="option-title">
                {listName(draft.content.patient) || t('issue.nameless')}
              </Text>
              <Text slot="description" className="option-detail">
                {shortInstant(draft.createdAt, clock.now(), t.language)}
              </Text>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
