import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from "d3-force";
import { useMemo } from "preact/hooks";
import { get, type Happening, type Somebody, type Statement } from "../api.ts";
import { Fact, Facts, Story, Waiting } from "../parts/common.tsx";
import { Filters } from "../parts/filters.tsx";
import { Listing } from "../parts/list.tsx";
import { useAnswer } from "../route.ts";
import { country, number, t } from "../texts/index.ts";
import { Said } from "./claims.tsx";

interface Dot extends SimulationNodeDatum {
  id: number;
  name: string;
  events: number;
}

// With whom: those who share most events, around it. Few, so that it stays readable.
function Network({ of }: { of: Somebody }) {
  const { dots, width, height } = useMemo(() => {
    const size = { width: 640, height: 360 };
    const nodes: Dot[] = [{ id: of.id, name: of.name, events: 0, fx: size.width / 2, fy: size.height / 2 }, ...(of.with ?? []).slice(0, 14).map((one) => ({ id: one.id, name: one.name, events: one.events }))];
    const links = nodes.slice(1).map((node) => ({ source: of.id, target: node.id, events: node.events }));
    forceSimulation(nodes)
      .force("link", forceLink<Dot, (typeof links)[0]>(links).id((node) => node.id).distance((link) => 130 - 40 * Math.min(1, link.events / 5)))
      .force("charge", forceManyBody().strength(-420))
      .force("apart", forceCollide(34))
      .force("centre", forceCenter(size.width / 2, size.height / 2))
      .stop()
      .tick(260);
    for (const node of nodes) {
      node.x = Math.max(60, Math.min(size.width - 60, node.x!));
      node.y = Math.max(18, Math.min(size.height - 24, node.y!));
    }
    return { dots: nodes, ...size };
  }, [of.id]);
  if (dots.length < 4) return null; // the list tells it
  return (
    <svg class="network" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={t("entity.with")}>
      {dots.slice(1).map((dot) => <line key={dot.id} x1={dots[0].x} y1={dots[0].y} x2={dot.x} y2={dot.y} stroke-width={Math.min(6, 0.8 + dot.events / 2)} />)}
      {dots.map((dot, index) => (
        <a key={dot.id} href={`/entities/${dot.id}`} aria-label={`${dot.name}${index ? `: ${dot.events}` : ""}`}>
          <circle cx={dot.x} cy={dot.y} r={index ? 5 + Math.min(9, Math.sqrt(dot.events) * 2) : 12} class={index ? "" : "self"} />
          <text x={dot.x} y={dot.y! - (index ? 12 : 17)} text-anchor="middle">{dot.name.length > 24 ? `${dot.name.slice(0, 23)}…` : dot.name}</text>
        </a>
      ))}
    </svg>
  );
}

export function Entity({ id }: { id: string }) {
  const { value: entity, error, waiting } = useAnswer(() => get<Somebody>(`entities/${id}`), id);
  if (!entity || error) return <Waiting waiting={waiting} error={error} />;
  const events = new URLSearchParams({ entity: id, latest: "1" });
  const said = new URLSearchParams({ source: id });
  const others = (entity.names ?? []).filter((one) => one.name !== entity.name);
  return (
    <>
      <p class="dateline">{t(entity.type)}{entity.country && ` · ${country(entity.country)}`}{entity.sector && ` · ${entity.sector}`}</p>
      <h1>{entity.name}</h1>
      <Facts>
        {others.length > 0 && <Fact name={t("entity.names")}>{others.map((one, index) => <span key={index} lang={one.language}>{index > 0 && ", "}{one.name} <span class="quiet small">{one.language}</span></span>)}</Fact>}
        <Fact name={t("found.reports")}>{number(entity.reports)}</Fact>
      </Facts>
      {(entity.with ?? []).length > 0 && (
        <section>
          <h2>{t("entity.with")}</h2>
          <Network of={entity} />
          <ul class="inline">{entity.with!.slice(0, 30).map((one) => <li key={one.id}><a href={`/entities/${one.id}`}>{one.name}</a> <span class="quiet small">{one.events}</span></li>)}</ul>
        </section>
      )}
      <div class="columns">
        <section>
          <h2>{t("entity.events")}</h2>
          <Listing<Happening> path="events" filters={events} render={(event) => <Story key={event.id} of={event} />} />
        </section>
        <section>
          <h2>{t("entity.said")}</h2>
          <Listing<Statement> path="claims" filters={said} render={(claim) => <Said key={`${claim.report}${claim.item}`} claim={claim} />} />
        </section>
      </div>
    </>
  );
}

export function Entities({ filters }: { filters: URLSearchParams }) {
  return (
    <>
      <h1>{t("entity.list")}</h1>
      <Filters path="/entities" filters={filters} fields={["entity"]} />
        <Listing<Somebody>
          path="entities"
          filters={filters}
          step={100}
          list
          render={(one) => (
            <li key={one.id}>
              <a href={`/entities/${one.id}`}>{one.name}</a> <span class="quiet small">{t(one.type)}{one.country && ` · ${country(one.country)}`} · {number(one.reports)}</span>
            </li>
          )}
        />
    </>
  );
}
