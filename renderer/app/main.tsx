import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/frame.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { ErrorBoundary } from './parts';
import { Start } from './start';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root.');
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="de-DE">
      <ErrorBoundary>
        <Start />
      </ErrorBoundary>
    </I18nProvider>
  </StrictMode>,
);
