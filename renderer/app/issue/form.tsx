import { createContext, use } from 'react';
import type {
  Address,
  CertificateContent,
  CertificateDetails,
  Coverage,
  IsoDay,
  Patient,
} from '../../domain/certificate';
import type { Unchosen } from './unchosen';

/** Changes to the content, each of one part. They are the same functions for as long as a draft is open. */
export interface Edit {
  readonly all: (change: (content: CertificateContent) => CertificateContent) => void;
  readonly certificate: (part: Partial<CertificateDetails>) => void;
  readonly patient: (part: Partial<Patient>) => void;
  readonly address: (part: Partial<Address>) => void;
  readonly coverage: (part: Partial<Coverage>) => void;
}

/** Makes the edits out of one way to change everything. */
export function createEdit(all: Edit['all']): Edit {
  return {
    all,
    certificate: (part) => all((content) => ({ ...content, certificate: { ...content.certificate, ...part } })),
    patient: (part) => all((content) => ({ ...content, patient: { ...content.patient, ...part } })),
    address: (part) =>
      all((content) => ({
        ...content,
        patient: { ...content.patient, address: { ...content.patient.address, ...part } },
      })),
    coverage: (part) => all((content) => ({ ...content, coverage: { ...content.coverage, ...part } })),
  };
}

/** What every card of the form works with. It stays the same while one types: what changes comes to the cards one by one. */
export interface Form {
  readonly edit: Edit;
  readonly today: IsoDay;
  /** The user left this field. */
  readonly touch: (path: string) => void;
  /** What is typed and not chosen. */
  readonly unchosen: Unchosen;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = use(FormContext);
  if (form === null) throw new Error('useForm outside the issue screen.');
  return form;
}

/** What an empty field stands for. */
export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
