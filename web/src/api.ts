// What the server answers (docs/api.md), and the way to it.

export interface Participant {
  id: number;
  name: string;
  type: string;
  country: string;
  sector: string;
  voices: number;
}

export interface Sayer {
  name: string;
  id: number | null;
  kind: string;
  stance: string;
  anonymous: boolean;
  claims: number;
}

export interface FigureTold {
  value: number;
  high: number;
  bound: string;
  noun: string;
  words: string;
  source?: string | null;
  kind?: string | null;
  anonymous?: boolean;
  published: string;
  outlet: string;
  language: string;
  report: number;
  head?: number;
  url?: string;
}

export interface Figure {
  counts: string;
  lowest: number;
  highest: number;
  latest: number;
  common: number;
  voices: number;
  series?: FigureTold[];
}

export interface Told {
  report: number;
  item: string;
  type: string;
  mode: string;
  reality: string;
  published: string;
  outlet: string;
  language: string;
  title: string;
  url: string;
  head: number;
  words: string;
  claims: { n: number; source: string; id: number | null; kind: string; anonymous: boolean; stance: string; content: string }[];
}

export interface Happening {
  id: number;
  day?: string;
  type: string;
  mode?: string;
  reality: string;
  disputed: boolean;
  from?: string;
  to?: string;
  place?: string;
  place_id?: number;
  country?: string;
  lat?: number;
  lon?: number;
  actors?: Participant[];
  recipients?: Participant[];
  contexts?: string[];
  voices: number;
  reports: number;
  words?: string;
  report?: number;
  published?: string;
  outlet?: string;
  language?: string;
  title?: string;
  url?: string;
  figures?: Figure[];
  says?: Sayer[];
  told?: Told[];
}

export interface Statement {
  report: number;
  item: string;
  published: string;
  outlet: string;
  language: string;
  stance: string;
  source: string;
  source_id?: number;
  kind: string;
  anonymous: boolean;
  country?: string;
  cue: string;
  content?: string;
  title: string;
  url: string;
}

export interface Somebody {
  id: number;
  type: string;
  name: string;
  country?: string;
  sector?: string;
  reports: number;
  claims?: number;
  events?: number;
  names?: { name: string; language: string; reports: number }[];
  with?: { id: number; name: string; type: string; country: string; events: number }[];
}

export interface Source {
  source?: string; // its name
  kind?: string; // of those without one
  named: boolean;
  id?: number;
  country?: string;
  claims: number;
}

export interface ReportRow {
  id: number;
  published: string;
  outlet: string;
  language: string;
  title: string;
  url: string;
  snippet?: string; // what was looked for stands between \u0002 and \u0003
}

export type Span = [number, number];

export interface Reading {
  report?: number;
  meta: { url?: string; title?: string; outlet?: string; byline?: string; published?: string; language?: string };
  text: string;
  sentences: Span[];
  entities: { id: string; entity?: number; type: string; named: boolean; name: string; country: string; sector: string; role?: string; mentions: Span[] }[];
  times: { id: string; span: Span; type: string; value: string; from?: string; to?: string }[];
  quantities: { id: string; span: Span; value: number; high?: number; bound: string; counts: string; noun: string }[];
  events: { id: string; event?: number; type: string; mode?: string; reality: string; triggers: Span[]; actors: { entity: string }[]; recipients: { entity: string }[] }[];
  claims: { id: string; content?: Span | null; cue: Span; source: { span: Span; entity?: string | null; kind: string; anonymous: boolean }; stance: string; events?: string[] }[];
}

export interface Summary {
  reports: number;
  superseded: number;
  voices: number;
  events: number;
  entities: number;
  claims: number;
  anonymous: number;
  first: string | null;
  last: string | null;
  languages: { name: string; reports: number }[];
  outlets: { name: string; reports: number }[];
  types: { name: string; events: number }[];
  countries: { name: string; events: number }[];
  months: { month: string; events: number }[];
}

export interface Page<T> {
  items: T[];
  more: boolean;
  total?: number;
}

export class ApiError extends Error {}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new ApiError(body.error ?? response.statusText);
  return body as T;
}

export async function get<T>(path: string, parameters?: URLSearchParams): Promise<T> {
  const query = parameters?.toString();
  return answer<T>(await fetch(`/api/${path}${query ? `?${query}` : ""}`));
}

// A report of the archive; layers that hold nothing are left out of its answer.
export async function getReport(id: string): Promise<Reading> {
  const report = await get<Partial<Reading>>(`reports/${id}`);
  return { meta: {}, text: "", sentences: [], entities: [], times: [], quantities: [], events: [], claims: [], ...report } as Reading;
}

export async function read(report: { text?: string; url?: string; published?: string }): Promise<Reading> {
  return answer<Reading>(
    await fetch("/api/read", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(report) }),
  );
}
