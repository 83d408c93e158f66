import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import type { Person } from '../../store/access/access';
import { useTexts } from '../parts';

/** Who is it? One Tab stop; arrow keys choose. */
export function PersonChoice({
  label,
  people,
  value,
  onChange,
  isDisabled = false,
}: {
  label: string;
  people: readonly Person[];
  value: string;
  onChange: (id: string) => void;
  isDisabled?: boolean;
}) {
  const t = useTexts();
  return (
    <RadioGroup className="field people" value={value} onChange={onChange} isDisabled={isDisabled}>
      <Label className="label">{label}</Label>
      <div className="people-list">
        {people.map(({ id, name, role }) => (
          <RadioField key={id} value={id} className="choice-field">
            <RadioButton className="person">
              <span className="person-name">{name}</span>
              <span className="person-role">{t(`access.role.${role}`)}</span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
