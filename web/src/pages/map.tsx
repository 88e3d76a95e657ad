import { geoNaturalEarth1, geoPath } from "d3-geo";
import type { FeatureCollection } from "geojson";
import { useEffect, useMemo, useState } from "preact/hooks";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-110m.json?url";
import { get, type Happening, type Page, type Summary } from "../api.ts";
import { Story, Waiting } from "../parts/common.tsx";
import { Filters } from "../parts/filters.tsx";
import { useAnswer } from "../route.ts";
import { radius, tone } from "../scale.ts";
import { day, number, t } from "../texts/index.ts";

export function Map({ archive, filters }: { archive?: Summary; filters: URLSearchParams }) {
  const asked = new URLSearchParams(filters);
  asked.set("limit", "1000");
  const { value, error, waiting } = useAnswer(() => get<Page<Happening>>("events", asked), asked.toString());
  const [world, setWorld] = useState<FeatureCollection>();
  const [until, setUntil] = useState(1000);
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    fetch(atlas).then((answer) => answer.json()).then((topology: Topology) => setWorld(feature(topology, topology.objects.countries as GeometryCollection) as FeatureCollection));
  }, []);
  const located = useMemo(() => (value?.items ?? []).filter((event) => event.lat != null && event.lon != null).sort((a, b) => (a.day ?? "") < (b.day ?? "") ? -1 : 1), [value]);
  const width = 960, height = 480;
  const projection = useMemo(() => {
    const all = geoNaturalEarth1().fitSize([width, height], { type: "Sphere" });
    if (!located.length) return all;
    const points = { type: "MultiPoint" as const, coordinates: located.map((event) => [event.lon!, event.lat!]) };
    const fitted = geoNaturalEarth1().fitExtent([[80, 60], [width - 80, height - 60]], points);
    return fitted.scale() > 4 * all.scale() || !Number.isFinite(fitted.scale()) ? geoNaturalEarth1().scale(4 * all.scale()).center([located[0].lon!, located[0].lat!]).translate([width / 2, height / 2]) : fitted.scale() < all.scale() ? all : fitted;
  }, [located]);
  const outline = geoPath(projection);
  const shown = located.slice(0, Math.max(1, Math.round((located.length * until) / 1000)));
  const places: Record<string, Happening[]> = {};
  for (const event of shown) (places[`${event.lat},${event.lon}`] ??= []).push(event);
  return (
    <>
      <h1>{t("map.title")}</h1>
      <Filters path="/map" filters={filters} archive={archive} fields={["entity", "country", "type", "reality", "since", "until"]} />
      <Waiting waiting={waiting && !value} error={error} />
      <figure class="map">
        <svg viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t("map.title")}>
          {world?.features.map((shape, index) => <path key={index} class="land" d={outline(shape) ?? ""} />)}
          {Object.entries(places).map(([key, events]) => {
            const [x, y] = projection([events[0].lon!, events[0].lat!]) ?? [0, 0];
            const loud = events.reduce((a, b) => (a.voices >= b.voices ? a : b));
            const name = `${events[0].place ?? ""}: ${number(events.length)}`;
            return (
              <circle key={key} cx={x} cy={y} r={radius(events.length)} class={`dot ${tone(loud.type)} ${key === chosen ? "chosen" : ""}`} role="button" tabindex={0} aria-label={name}
                onClick={() => setChosen(key)} onKeyDown={(e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); setChosen(key); } }}>
                <title>{name}</title>
              </circle>
            );
          })}
        </svg>
        <figcaption>
          <label class="slider">{t("map.slider")} <input type="range" min="1" max="1000" value={until} onInput={(e) => setUntil(+e.currentTarget.value)} /></label>
          <span class="quiet small">{shown.length > 0 && t("map.until", { day: day(shown[shown.length - 1].day) })} · {t("map.note", { n: number(shown.length) })}</span>
        </figcaption>
      </figure>
      {(chosen ? places[chosen] ?? [] : shown.slice(-10).reverse()).map((event) => <Story key={event.id} of={event} heading="h2" />)}
    </>
  );
}
