import { IconButton } from '@atlaskit/button/new';
import DropdownMenu, { DropdownItem, DropdownItemGroup } from '@atlaskit/dropdown-menu';
import MoreIcon from '@atlaskit/icon/core/show-more-horizontal';
import { t } from '../messages/t';

export interface MenuEntry {
  label: string;
  onClick: () => void;
}

/** Everything else that can be done, behind three dots. */
export function MoreActions({ name, entries }: { name: string; entries: MenuEntry[] }) {
  return (
    <DropdownMenu<HTMLButtonElement>
      placement="bottom-end"
      trigger={({ triggerRef, isSelected, testId: _, ...trigger }) => (
        <IconButton
          {...trigger}
          ref={triggerRef}
          isSelected={isSelected}
          spacing="compact"
          icon={MoreIcon}
          label={t('messaging.menu', { name })}
        />
      )}
    >
      <DropdownItemGroup>
        {entries.map(({ label, onClick }) => (
          <DropdownItem key={label} onClick={onClick}>
            {label}
          </DropdownItem>
        ))}
      </DropdownItemGroup>
    </DropdownMenu>
  );
}
