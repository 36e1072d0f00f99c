import Button from '@atlaskit/button/new';
import { Component, type ReactNode } from 'react';
import { t } from '../messages/t';
import { Empty } from '../ui/Empty';

/** Shows words instead of an empty frame when the panel itself has a fault. */
export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <Empty title={t('app.crashed')} text={t('app.crashed.text')}>
        <Button onClick={() => window.location.reload()}>{t('app.crashed.reload')}</Button>
      </Empty>
    );
  }
}
