import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { texts } from '../texts';

const { menu } = texts;

/** The German menu: only what a text field and a window need. Developer tools appear only when run from the sources. */
export function setMenu(devTools: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(devTools, process.platform === 'darwin')));
}

/** The menu's entries; macOS expects the program's own menu first. */
export function menuTemplate(devTools: boolean, macOs: boolean): MenuItemConstructorOptions[] {
  const ownMenu: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [
      { role: 'about', label: menu.about },
      { type: 'separator' },
      { role: 'hide', label: menu.hide },
      { role: 'quit', label: menu.quit },
    ],
  };
  const devToolsEntries: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'toggleDevTools', label: menu.devTools },
  ];
  return [
    ...(macOs ? [ownMenu] : []),
    { label: menu.file, submenu: [{ role: 'quit', label: menu.quit }] },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        { type: 'separator' },
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll },
      ],
    },
    {
      label: menu.view,
      submenu: [
        { role: 'resetZoom', label: menu.resetZoom },
        { role: 'zoomIn', label: menu.zoomIn },
        { role: 'zoomOut', label: menu.zoomOut },
        { role: 'togglefullscreen', label: menu.fullScreen },
        ...(devTools ? devToolsEntries : []),
      ],
    },
  ];
}
