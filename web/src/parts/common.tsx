import type { ComponentChildren } from "preact";
import type { Happening, Participant } from "../api.ts";
import { tone } from "../scale.ts";
import { country, day, t } from "../texts/index.ts";

export function Waiting({ error, waiting }: { error?: string; waiting?: boolean }) {
  if (error) return <p class="notice" role="alert">{t("failed", { error })}</p>;
  return waiting ? <p class="quiet" role="status">{t("waiting")}</p> : null;
}

export function People({ list }: { list?: Participant[] }) {
  if (!list?.length) return null;
  return (
    <>
      {list.map((one, index) => (
        <span key={one.id}>
          {index > 0 && (index === list.length - 1 ? ` ${t("and")} ` : ", ")}
          <a href={`/entities/${one.id}`}>{one.name}</a>
        </span>
      ))}
    </>
  );
}

export function Kind({ of }: { of: Happening }) {
  return (
    <span class={`kind ${tone(of.type)}`}>
      {t(of.type)}
      {of.reality !== "actual" && <span class="reality"> · {t(of.reality)}</span>}
      {of.disputed && <span class="reality"> · {t("disputed")}</span>}
    </span>
  );
}

export function Place({ of }: { of: Happening }) {
  const names = [of.place, country(of.country)].filter((name, index, all) => name && all.indexOf(name) === index);
  if (!names.length) return null;
  return of.place_id ? <a href={`/entities/${of.place_id}`}>{names.join(", ")}</a> : <>{names.join(", ")}</>;
}

export const voices = (n: number) => (n === 1 ? t("voice") : t("voices", { n }));
export const reports = (n: number) => (n === 1 ? t("report") : t("reports", { n }));

// An event as a story in a list: what kind, who, the words.
export function Story({ of, heading = "h3" }: { of: Happening; heading?: "h2" | "h3" }) {
  const Heading = heading;
  return (
    <article class={`story ${of.reality}`}>
      <p class="dateline">
        <Kind of={of} /> <time dateTime={of.from || of.day}>{day(of.from || of.day)}</time> <Place of={of} />
      </p>
      <Heading>
        <a href={`/events/${of.id}`}>
          <Who of={of} />
        </a>
      </Heading>
      {of.words && <p class="words" lang={of.language}>{of.words}</p>}
      <p class="quiet small">
        {voices(of.voices)} · {reports(of.reports)}
        {of.outlet && ` · ${of.outlet}`}
      </p>
    </article>
  );
}

// Who → whom; what, if nobody is told.
export function Who({ of }: { of: Happening }) {
  const [actors, recipients] = [of.actors ?? [], of.recipients ?? []];
  if (!actors.length && !recipients.length) return <>{t(of.type)}</>;
  return <><Names list={actors} /> {actors.length > 0 && recipients.length > 0 && "→"} <Names list={recipients} /></>;
}

export function Names({ list }: { list?: Participant[] }) {
  return <>{(list ?? []).map((one) => one.name).join(", ")}</>;
}

export function More({ show, onClick }: { show?: boolean; onClick: () => void }) {
  return show ? <p><button type="button" onClick={onClick}>{t("more")}</button></p> : null;
}

export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
