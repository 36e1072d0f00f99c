import type { Fix } from '../api/types';
import { t } from '../messages/t';
import { Copyable } from '../ui/Copyable';
import { CopyButton } from '../ui/CopyButton';
import { LinkOut } from '../ui/LinkOut';
import { Row } from '../ui/Row';
import styles from './FixList.module.css';

/** The way out step by step: commands and links ready to copy, pages ready to open. */
export function FixList({ fix }: { fix: Fix[] }) {
  if (fix.length === 0) return null;
  return (
    <div className={styles.fix}>
      <span className={styles.title}>{t('fix.title')}</span>
      <ol>
        {fix.map((step) => (
          <li key={step.label + step.text}>
            <Step step={step} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Step({ step }: { step: Fix }) {
  const { kind, label, text, url } = step;
  if (kind === 'command') return <Copyable label={label} text={text} />;
  return (
    <>
      <span>{label}</span>
      {text && text !== label && <p>{text}</p>}
      {url && (
        <Row>
          <LinkOut href={url}>{t('fix.open')}</LinkOut>
          <CopyButton text={url} />
        </Row>
      )}
    </>
  );
}
