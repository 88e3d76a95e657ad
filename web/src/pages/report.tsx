import { useState } from "preact/hooks";
import { getReport, type Reading, type Span } from "../api.ts";
import { Waiting } from "../parts/common.tsx";
import { useAnswer } from "../route.ts";
import { country, day, number, t } from "../texts/index.ts";

interface Mark {
  span: Span;
  layer: "claims" | "entities" | "times" | "quantities" | "events";
  id: string;
  anonymous?: boolean;
}

const layers = ["claims", "entities", "times", "quantities", "events"] as const;

function marksOf(reading: Reading): Mark[] {
  const marks: Mark[] = [];
  for (const claim of reading.claims) if (claim.content) marks.push({ span: claim.content, layer: "claims", id: claim.id, anonymous: claim.source.anonymous });
  for (const entity of reading.entities) for (const span of entity.mentions) marks.push({ span, layer: "entities", id: entity.id });
  for (const time of reading.times) marks.push({ span: time.span, layer: "times", id: time.id });
  for (const quantity of reading.quantities) marks.push({ span: quantity.span, layer: "quantities", id: quantity.id });
  for (const event of reading.events) for (const span of event.triggers) marks.push({ span, layer: "events", id: event.id });
  return marks;
}

// The text cut wherever a mark begins or ends: each piece with the marks over it.
// Offsets count code points, as the reading does.
function pieces(text: string, marks: Mark[]): { text: string; marks: Mark[] }[] {
  const points = [...text];
  const cuts = [...new Set([0, points.length, ...marks.flatMap((mark) => mark.span)])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((cut, index) => ({
    text: points.slice(cut, cuts[index + 1]).join("").replaceAll("\n", "\n\n"), // a line ends a paragraph
    marks: marks.filter((mark) => mark.span[0] <= cut && mark.span[1] >= cuts[index + 1]),
  }));
}

// What a mark became, in words.
function Meaning({ reading, mark }: { reading: Reading; mark: Mark }) {
  const words = (span: Span) => [...reading.text].slice(...span).join("");
  if (mark.layer === "claims") {
    const claim = reading.claims.find((one) => one.id === mark.id)!;
    return <li><b>{t("layer.claims")}</b>: <q lang={reading.meta.language}>{words(claim.source.span)}</q> {t(claim.stance)} · {t(`kind.${claim.source.kind}`)}{claim.source.anonymous && <span class="badge">{t("anonymous")}</span>}</li>;
  }
  if (mark.layer === "entities") {
    const entity = reading.entities.find((one) => one.id === mark.id)!;
    const name = entity.entity ? <a href={`/entities/${entity.entity}`}>{entity.name}</a> : entity.name;
    return <li><b>{t(entity.type)}</b>: {name}{entity.role && ` · ${entity.role}`}{entity.country && ` · ${country(entity.country)}`}{entity.sector && ` · ${entity.sector}`}</li>;
  }
  if (mark.layer === "times") {
    const time = reading.times.find((one) => one.id === mark.id)!;
    return <li><b>{t("layer.times")}</b>: <code>{time.value}</code>{time.from && ` · ${day(time.from)}${time.to !== time.from ? ` – ${day(time.to)}` : ""}`}</li>;
  }
  if (mark.layer === "quantities") {
    const quantity = reading.quantities.find((one) => one.id === mark.id)!;
    const sign = { "at-least": "≥ ", "more-than": "> ", "at-most": "≤ ", "less-than": "< ", about: "≈ " }[quantity.bound] ?? "";
    return <li><b>{t("layer.quantities")}</b>: {sign}{number(quantity.value)}{quantity.bound === "between" && ` – ${number(quantity.high ?? quantity.value)}`} {quantity.counts === "other" ? quantity.noun : t(quantity.counts)}</li>;
  }
  const event = reading.events.find((one) => one.id === mark.id)!;
  const name = (id: string) => reading.entities.find((one) => one.id === id)?.name ?? "";
  const sides = [event.actors ?? [], event.recipients ?? []].map((side) => side.map((one) => name(one.entity)).join(", ")).filter(Boolean).join(" → ");
  return <li><b>{event.event ? <a href={`/events/${event.event}`}>{t(event.type)}</a> : t(event.type)}</b>: {sides} · {t(event.reality)}</li>;
}

// Whose words the report is made of, by length.
function Voices({ reading }: { reading: Reading }) {
  const points = [...reading.text].length;
  const owner = new Uint8Array(points);
  for (const claim of reading.claims) if (claim.content) owner.fill(claim.source.anonymous ? 2 : 1, ...claim.content);
  const share = [0, 0, 0];
  for (const one of owner) share[one] += 1 / points;
  const names = ["report.by-outlet", "report.by-named", "report.by-anonymous"];
  const order = [1, 2, 0].filter((index) => share[index] > 0);
  return (
    <figure class="voices">
      <figcaption>{t("report.words")}</figcaption>
      <div class="bar" aria-hidden="true">{order.map((index) => <span key={index} class={`part-${index}`} style={{ width: `${100 * share[index]}%` }} />)}</div>
      <ul>{order.map((index) => <li key={index}><span class={`swatch part-${index}`} aria-hidden="true" /> {t(names[index])}: {Math.round(100 * share[index])} %</li>)}</ul>
    </figure>
  );
}

export function Marked({ reading }: { reading: Reading }) {
  const [shown, setShown] = useState<Record<string, boolean>>({ claims: true, entities: true, times: true, quantities: true, events: true });
  const [chosen, setChosen] = useState<Mark[]>([]);
  const marks = marksOf(reading).filter((mark) => shown[mark.layer]);
  const all = pieces(reading.text, marks);
  return (
    <>
      <Voices reading={reading} />
      <fieldset class="layers">
        <legend>{t("report.show")}</legend>
        {layers.map((layer) => (
          <label class={`check layer-${layer}`} key={layer}>
            <input type="checkbox" checked={shown[layer]} onChange={(e) => setShown({ ...shown, [layer]: e.currentTarget.checked })} /> {t(`layer.${layer}`)}
          </label>
        ))}
      </fieldset>
      <p class="quiet small">{t("report.marks")}</p>
      <div class="text" lang={reading.meta.language}>
        {all.map((piece, index) => {
          if (!piece.marks.length) return <span key={index}>{piece.text}</span>;
          const kinds = new Set(piece.marks.map((mark) => mark.layer));
          const anonymous = piece.marks.some((mark) => mark.anonymous);
          const look = [...kinds].map((kind) => `mark-${kind}`).join(" ") + (anonymous ? " mark-anonymous" : "");
          const inner = piece.marks.some((mark) => mark.layer !== "claims");
          return inner ? (
            <button type="button" key={index} id={piece.marks.find((mark) => mark.layer === "events")?.id} class={`mark ${look}`} aria-pressed={chosen.length > 0 && chosen[0].span === piece.marks[0].span} onClick={() => setChosen(piece.marks)}>{piece.text}</button>
          ) : (
            <span key={index} class={look} onClick={() => setChosen(piece.marks)}>{piece.text}</span>
          );
        })}
      </div>
      <div class="meaning" role="status" aria-live="polite">
        {chosen.length > 0 && (
          <>
            <ul>{chosen.map((mark, index) => <Meaning key={index} reading={reading} mark={mark} />)}</ul>
            <button type="button" class="plain" aria-label="×" onClick={() => setChosen([])}>×</button>
          </>
        )}
      </div>
    </>
  );
}

const isAddress = (url?: string) => !!url && /^https?:\/\//.test(url);

export function Report({ id }: { id: string }) {
  const { value: reading, error, waiting } = useAnswer(() => getReport(id), id);
  if (!reading || error) return <Waiting waiting={waiting} error={error} />;
  const { meta } = reading;
  return (
    <article class="report">
      <p class="dateline">{meta.outlet} <time dateTime={meta.published}>{day(meta.published)}</time>{meta.byline && ` · ${meta.byline}`} · {t(meta.language ?? "")}</p>
      <h1 lang={meta.language}>{meta.title || meta.url || id}</h1>
      {isAddress(meta.url) && <p><a href={meta.url} target="_blank" rel="noopener noreferrer nofollow">{t("report.open")}</a></p>}
      <Marked reading={reading} />
    </article>
  );
}
