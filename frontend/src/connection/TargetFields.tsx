import Select from '@atlaskit/select';
import { useProjects } from '../api/projects';
import type { Project } from '../api/types';
import { t } from '../messages/t';
import { Field } from '../ui/Field';
import { Loaded } from '../ui/Loaded';
import { Skeleton } from '../ui/Skeleton';
import styles from './TargetFields.module.css';

export interface ChosenTarget {
  project_id: string;
  issue_type_id: string;
}

interface TargetFieldsProps {
  chosen: ChosenTarget | null;
  onChoose: (target: ChosenTarget) => void;
}

/** Project and issue type. A project comes with its first type, so one choice is often enough. */
export function TargetFields({ chosen, onChoose }: TargetFieldsProps) {
  const projects = useProjects();
  return (
    <Loaded query={projects} skeleton={<Skeleton lines={1} size="row" />}>
      {(items) => <Fields items={items} chosen={chosen} onChoose={onChoose} />}
    </Loaded>
  );
}

function Fields({ items, chosen, onChoose }: TargetFieldsProps & { items: Project[] }) {
  const project = items.find(({ id }) => id === chosen?.project_id);
  const projects = items.map(({ id, key, name }) => ({ value: id, label: `${name} (${key})` }));
  const types = (project?.issue_types ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const chooseProject = (id: string) => {
    const first = items.find((item) => item.id === id)?.issue_types[0];
    if (first) onChoose({ project_id: id, issue_type_id: first.id });
  };
  if (items.length === 0) return <p>{t('edit.projects.empty')}</p>;
  return (
    <div className={styles.fields}>
      <Field label={t('edit.project')}>
        {({ id }) => (
          <Select
            inputId={id}
            options={projects}
            value={projects.find(({ value }) => value === project?.id) ?? null}
            onChange={(option) => option && chooseProject(option.value)}
            placeholder={t('common.choose')}
            menuPosition="fixed"
          />
        )}
      </Field>
      <Field label={t('edit.issueType')}>
        {({ id }) => (
          <Select
            inputId={id}
            options={types}
            value={types.find(({ value }) => value === chosen?.issue_type_id) ?? null}
            onChange={(option) =>
              option && project && onChoose({ project_id: project.id, issue_type_id: option.value })
            }
            placeholder={t(project ? 'common.choose' : 'edit.issueType.first')}
            isDisabled={!project}
            menuPosition="fixed"
          />
        )}
      </Field>
    </div>
  );
}
