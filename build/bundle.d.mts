export function buildPage(): Promise<void>;
export function buildPrintPage(): Promise<void>;
export function buildHosts(): Promise<void>;
export function buildAll(): Promise<void>;
export function firstJavaScriptKb(): number;
