import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { goTo, useTexts } from '../parts';
import { formatShortcut } from '../parts/shortcut-keys';
import { useAtWork } from './session-context';

/** Who is at work, at the end of the status line; opens to lock, switch, log off, or change one's own passphrase. */
export function UserMenu() {
  const t = useTexts();
  const { session, lock, logOff } = useAtWork();
  const { name, role } = session.user;
  const entries = [
    { id: 'lock', label: t('access.atWork.lock'), keys: 'F9', act: () => lock() },
    { id: 'switch', label: t('access.atWork.switch'), keys: 'F10', act: () => lock(true) },
    { id: 'own', label: t('settings.section.zugang'), keys: null, act: () => goTo('settings', 'zugang') },
    { id: 'off', label: t('access.logOff'), keys: null, act: logOff },
  ];
  return (
    <MenuTrigger>
      <Button className="operator" aria-label={t('access.atWork.menu', { name, role: t(`access.role.${role}`) })}>
        <span className="operator-name">{name}</span>
        <span>{t(`access.role.${role}`)} ▾</span>
      </Button>
      <Popover className="popover" offset={4} placement="bottom end">
        <Menu className="options" onAction={(id) => entries.find((entry) => entry.id === id)?.act()}>
          {entries.map(({ id, label, keys }) => (
            <MenuItem key={id} id={id} textValue={label} className="option user-option">
              <span>{label}</span>
              {keys === null ? null : <kbd className="nav-key">{formatShortcut(keys, t.language)}</kbd>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
