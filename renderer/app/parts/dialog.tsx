import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button';
import { useTexts } from './texts-context';

interface DialogProps {
  title: string;
  children: ReactNode;
  /** Escape was pressed or the dialog dismissed. */
  onClose: () => void;
  /** Buttons, the one that goes on last. */
  buttons: ReactNode;
  width?: 'narrow' | 'wide';
  /** Asks something that must be answered. */
  isAlert?: boolean;
}

/** A dialog over the page. Rendered only while it is open; the focus goes in and comes back by itself. */
export function Dialog({ title, children, onClose, buttons, width = 'narrow', isAlert = false }: DialogProps) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={`dialog dialog-${width}`}>
        <AriaDialog className="dialog-inner" role={isAlert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2} className="dialog-title">
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-buttons">{buttons}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before something that can't be taken back. Enter confirms, Escape goes back. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  isDanger = false,
  isPending = false,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  /** What the button that does it says: a verb. */
  confirm: string;
  isDanger?: boolean;
  isPending?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTexts();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      isAlert
      buttons={
        <>
          <Button onPress={onClose} autoFocus={isDanger}>
            {t('parts.cancel')}
          </Button>
          <Button
            kind={isDanger ? 'danger' : 'primary'}
            onPress={onConfirm}
            isPending={isPending}
            autoFocus={!isDanger}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
