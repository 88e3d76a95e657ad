import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, type Happening, type Page, type Summary } from "../api.ts";
import { Story, Waiting } from "../parts/common.tsx";
import { Filters } from "../parts/filters.tsx";
import { address, go, useAnswer } from "../route.ts";
import { radius, tone } from "../scale.ts";
import { day, t } from "../texts/index.ts";

const DAY = 86400000;
const time = (iso?: string) => (iso ? Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) : NaN);

// Dots beside each other, each as near to the line as the others let it.
function placed(events: Happening[], from: number, to: number, width: number): { event: Happening; x: number; y: number; r: number }[] {
  const dots: { event: Happening; x: number; y: number; r: number }[] = [];
  for (const event of events) {
    const x = ((time(event.from || event.day) - from) / (to - from)) * width, r = radius(event.voices);
    if (Number.isNaN(x) || x < -20 || x > width + 20) continue;
    let y = 0;
    for (let step = 0; step < 60; step++) {
      y = (step % 2 ? 1 : -1) * Math.ceil(step / 2) * 5;
      if (dots.every((d) => (d.x - x) ** 2 + (d.y - y) ** 2 > (d.r + r + 1) ** 2)) break;
    }
    dots.push({ event, x, y, r });
  }
  return dots;
}

export function Timeline({ archive, filters }: { archive?: Summary; filters: URLSearchParams }) {
  const asked = new URLSearchParams(filters);
  asked.set("limit", "1000");
  const { value, error, waiting } = useAnswer(() => get<Page<Happening>>("timeline", asked), asked.toString());
  const events = value?.items ?? [];
  const [view, setView] = useState<[number, number] | null>(null);
  const whole = useMemo<[number, number]>(() => {
    const all = events.map((e) => time(e.from || e.day)).filter((x) => !Number.isNaN(x));
    return all.length ? [Math.min(...all) - 2 * DAY, Math.max(...all) + 2 * DAY] : [0, DAY];
  }, [value]);
  useEffect(() => setView(null), [whole]);
  const [from, to] = view ?? whole;
  const zoom = (factor: number, about = (from + to) / 2) => {
    const span = Math.max(3 * DAY, Math.min(whole[1] - whole[0], (to - from) * factor));
    const share = (about - from) / (to - from);
    setView([about - span * share, about + span * (1 - share)]);
  };
  const pan = (share: number) => setView([from + (to - from) * share, to + (to - from) * share]);
  const box = useRef<SVGSVGElement>(null);
  const width = 1000;
  const dots = placed(events, from, to, width);
  const height = 80 + 2 * Math.max(60, ...dots.map((dot) => Math.abs(dot.y) + dot.r));
  const shown = events.filter((e) => time(e.from || e.day) >= from && time(e.from || e.day) <= to);
  const ticks = Array.from({ length: 6 }, (_, i) => from + ((to - from) * (i + 0.5)) / 6);
  return (
    <>
      <h1>{t("timeline.title")}</h1>
      <Filters path="/timeline" filters={filters} archive={archive} fields={["entity", "country", "type", "reality", "since", "until", "disputed"]} />
      <Waiting waiting={waiting && !value} error={error} />
      {events.length > 0 && (
        <figure class="strip">
          <figcaption class="quiet small">{t("timeline.help")}</figcaption>
          <svg
            ref={box}
            viewBox={`0 0 ${width} ${height}`}
            role="group"
            aria-label={t("timeline.title")}
            onWheel={(e) => { if (!e.ctrlKey && !e.shiftKey) return; e.preventDefault(); const b = box.current!.getBoundingClientRect(); zoom(e.deltaY > 0 ? 1.25 : 0.8, from + ((e.clientX - b.left) / b.width) * (to - from)); }}
          >
            <line x1="0" x2={width} y1={height / 2} y2={height / 2} class="axis" />
            {ticks.map((tick) => (
              <text key={tick} class="tick" x={((tick - from) / (to - from)) * width} y={height - 6} text-anchor="middle">{day(new Date(tick).toISOString())}</text>
            ))}
            {dots.map(({ event, x, y, r }) => (
              <a key={event.id} href={`/events/${event.id}`} aria-label={`${day(event.from || event.day)}: ${t(event.type)}, ${(event.actors ?? []).map((a) => a.name).join(", ")} → ${(event.recipients ?? []).map((a) => a.name).join(", ")}`} onClick={(e) => { e.preventDefault(); go(address(`/events/${event.id}`)); }}>
                <circle cx={x} cy={height / 2 - 8 + y} r={r} class={`dot ${tone(event.type)} ${event.reality}`}>
                  <title>{`${day(event.from || event.day)} · ${t(event.type)}${event.words ? `\n${event.words}` : ""}`}</title>
                </circle>
                {event.reality === "negated" && <line class="cross" x1={x - r} x2={x + r} y1={height / 2 - 8 + y + r} y2={height / 2 - 8 + y - r} />}
              </a>
            ))}
          </svg>
          <p class="actions">
            <button type="button" onClick={() => pan(-0.5)}>{t("earlier")}</button>
            <button type="button" onClick={() => zoom(0.5)}>{t("zoom.in")}</button>
            <button type="button" onClick={() => zoom(2)}>{t("zoom.out")}</button>
            <button type="button" onClick={() => pan(0.5)}>{t("later")}</button>
          </p>
        </figure>
      )}
      {!waiting && !events.length && !error && <p class="quiet">{t("nothing")}</p>}
      {shown.slice(0, 200).map((event) => <Story key={event.id} of={event} heading="h2" />)}
    </>
  );
}
