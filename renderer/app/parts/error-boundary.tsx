import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTexts } from './texts-context';

interface Props {
  children: ReactNode;
  /** Another screen: what was broken is tried anew when this changes. */
  resetKey?: string;
}
type State = { readonly kind: 'well' } | { readonly kind: 'broken'; readonly text: string };

/** A bug in a screen: says so in plain words, that nothing is lost, and how to go on. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { kind: 'well' };

  static getDerivedStateFromError(error: unknown): State {
    return { kind: 'broken', text: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override componentDidUpdate(previous: Props): void {
    if (previous.resetKey !== this.props.resetKey && this.state.kind === 'broken') this.setState({ kind: 'well' });
  }

  override render(): ReactNode {
    if (this.state.kind === 'well') return this.props.children;
    return <Broken text={this.state.text} />;
  }
}

function Broken({ text }: { text: string }) {
  const t = useTexts();
  return (
    <div className="broken" role="alert">
      <h1 className="page-title">{t('parts.broken.title')}</h1>
      <p>{t('parts.broken.words')}</p>
      <button type="button" className="button button-primary button-normal" onClick={() => window.location.reload()}>
        {t('parts.broken.reload')}
      </button>
      <details>
        <summary>{t('parts.details')}</summary>
        <pre>{text}</pre>
      </details>
    </div>
  );
}
