import { useOutbounds } from '../api/outbounds';
import { t } from '../messages/t';
import { SelectField } from '../ui/SelectField';
import { TextField } from '../ui/TextField';
import type { Draft } from './draft';

/** Stands for "whichever works" among the ids of outbounds. */
const ANY = 'any';
const FORMATS: readonly Draft['format'][] = ['teams', 'slack', 'generic'];

interface ChannelFieldsProps {
  draft: Draft;
  /** Where it goes to may stay as it is. */
  keeps?: boolean;
  onChange: (draft: Draft) => void;
}

/** Where a channel leads to. */
export function ChannelFields({ draft, keeps = false, onChange }: ChannelFieldsProps) {
  const mail = draft.kind === 'mail';
  const hint = [mail ? '' : t('alerts.form.url.hint'), keeps ? t('alerts.form.keep') : ''];
  return (
    <>
      <TextField
        label={t('alerts.form.name')}
        required
        maxLength={100}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextField
        label={t(mail ? 'alerts.form.address' : 'alerts.form.url')}
        hint={hint.filter(Boolean).join(' ') || undefined}
        type={mail ? 'email' : 'url'}
        required={!keeps}
        value={draft.target}
        onChange={(target) => onChange({ ...draft, target })}
      />
      {mail ? (
        <OutboundChoice draft={draft} onChange={onChange} />
      ) : (
        <SelectField
          label={t('alerts.form.format')}
          value={draft.format}
          options={FORMATS.map((value) => ({ value, label: t(`alerts.format.${value}`) }))}
          onChoose={(format) => onChange({ ...draft, format })}
        />
      )}
    </>
  );
}

function OutboundChoice({ draft, onChange }: Pick<ChannelFieldsProps, 'draft' | 'onChange'>) {
  const outbounds = useOutbounds();
  const known = outbounds.data ?? [];
  const options = known.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <SelectField
      label={t('alerts.form.outbound')}
      hint={t('alerts.form.outbound.hint')}
      value={draft.outbound_id ?? ANY}
      options={[{ value: ANY, label: t('alerts.form.outbound.any') }, ...options]}
      onChoose={(id) => onChange({ ...draft, outbound_id: id === ANY ? null : id })}
    />
  );
}
