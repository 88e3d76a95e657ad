import { get, type Figure, type FigureTold, type Happening, type Told } from "../api.ts";
import { Fact, Facts, Kind, People, Place, reports, voices, Waiting, Who } from "../parts/common.tsx";
import { useAnswer } from "../route.ts";
import { day, number, t } from "../texts/index.ts";

// Each figure over time: value with its bounds, by who says so.
function Chart({ figure }: { figure: Figure }) {
  const series = (figure.series ?? []).filter((one) => one.published);
  if (series.length < 2) return null;
  const width = 640, height = 150, left = 56, bottom = 22;
  const times = series.map((one) => Date.parse(one.published.slice(0, 10)));
  const first = Math.min(...times), last = Math.max(...times), most = Math.max(...series.map((one) => one.high), 1);
  const x = (one: FigureTold) => left + 14 + ((Date.parse(one.published.slice(0, 10)) - first) / (last - first || 1)) * (width - left - 40);
  const y = (value: number) => 10 + (1 - value / most) * (height - bottom - 10);
  return (
    <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t("event.figures")}>
      {[0, most / 2, most].map((value) => (
        <g key={value}>
          <line class="grid" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text class="tick" x={left - 6} y={y(value) + 4} text-anchor="end">{number(Math.round(value))}</text>
        </g>
      ))}
      <text class="tick" x={left + 14} y={height - 4}>{day(new Date(first).toISOString())}</text>
      <text class="tick" x={width} y={height - 4} text-anchor="end">{last > first ? day(new Date(last).toISOString()) : ""}</text>
      {series.map((one, index) => (
        <g key={index} class={one.anonymous ? "anonymous" : ""}>
          {one.high > one.value && <line class="span" x1={x(one)} x2={x(one)} y1={y(one.value)} y2={y(one.high)} />}
          {(one.bound === "at-least" || one.bound === "more-than") && <path class="bound" d={`M${x(one) - 4} ${y(one.value) - 8}l4 -6l4 6`} />}
          {(one.bound === "at-most" || one.bound === "less-than") && <path class="bound" d={`M${x(one) - 4} ${y(one.value) + 8}l4 6l4 -6`} />}
          <circle class="point" cx={x(one)} cy={y(one.value)} r="5"><title>{`${one.words} · ${one.source || one.outlet} · ${day(one.published)}`}</title></circle>
        </g>
      ))}
    </svg>
  );
}

function Figures({ figure }: { figure: Figure }) {
  const counts = t(figure.counts);
  const differs = figure.lowest !== figure.highest;
  return (
    <section class="figure">
      <h3>{t(differs ? "figures.range" : "figures.one", { counts, lowest: number(figure.lowest), highest: number(figure.highest), common: number(figure.common) })}</h3>
      <Chart figure={figure} />
      <table>
        <tbody>
          {(figure.series ?? []).map((one, index) => (
            <tr key={index}>
              <td><time dateTime={one.published}>{day(one.published)}</time></td>
              <td lang={one.language}><a href={`/reports/${one.report}`}>“{one.words}”</a></td>
              <td>{one.source ? <span lang={one.language}>{one.source}</span> : t("outlet.itself")}{one.anonymous && <span class="badge">{t("anonymous")}</span>}</td>
              <td>{one.outlet}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Words({ told }: { told: Told }) {
  return (
    <article class={`told ${told.reality}`}>
      <p class="dateline">
        <time dateTime={told.published}>{day(told.published)}</time> {told.outlet} · {t(told.language)}
        {told.reality !== "actual" && ` · ${t(told.reality)}`}
        {told.head !== told.report && ` · ${t("duplicate")}`}
      </p>
      <blockquote lang={told.language}><a href={`/reports/${told.report}#${told.item}`}>{told.words}</a></blockquote>
      {told.claims.length > 0 ? (
        <ul class="claims">
          {told.claims.map((claim) => (
            <li key={claim.n}>
              {claim.id && !claim.anonymous ? <a href={`/entities/${claim.id}`}>{claim.source}</a> : <span lang={told.language}>{claim.source}</span>} {t(claim.stance)}
              {claim.anonymous && <span class="badge">{t("anonymous")}</span>}
            </li>
          ))}
        </ul>
      ) : <p class="quiet small">{t("outlet.itself")}</p>}
    </article>
  );
}

export function Event({ id }: { id: string }) {
  const { value: event, error, waiting } = useAnswer(() => get<Happening>(`events/${id}`), id);
  if (!event || error) return <Waiting waiting={waiting} error={error} />;
  const denying = (event.told ?? []).filter((told) => told.reality === "negated" || told.claims.some((claim) => claim.stance === "denies"));
  return (
    <>
      <p class="dateline"><Kind of={event} /></p>
      <h1><Who of={event} /></h1>
      {event.words && <blockquote class="lead" lang={event.language}>{event.words}</blockquote>}
      <Facts>
        <Fact name={t("who")}>{event.actors?.length ? <People list={event.actors} /> : t("unknown")}</Fact>
        <Fact name={t("whom")}>{event.recipients?.length ? <People list={event.recipients} /> : t("unknown")}</Fact>
        <Fact name={t("when")}>{event.from ? <>{day(event.from)}{event.to && event.to !== event.from && ` – ${day(event.to)}`}</> : t("unknown")}</Fact>
        <Fact name={t("where")}>{event.place || event.country ? <Place of={event} /> : t("unknown")}</Fact>
        <Fact name={t("event.says")}>{voices(event.voices)} · {reports(event.reports)}</Fact>
      </Facts>
      {denying.length > 0 && <p class="notice">{(event.told ?? []).length - denying.length} {t("event.asserts")} · {denying.length} {t("event.denies")}</p>}
      {(event.figures ?? []).length > 0 && (
        <section>
          <h2>{t("event.figures")}</h2>
          {event.figures!.map((figure) => <Figures key={figure.counts} figure={figure} />)}
        </section>
      )}
      <section>
        <h2>{t("event.told")}</h2>
        <div class="columns">{(event.told ?? []).map((told) => <Words key={`${told.report}${told.item}`} told={told} />)}</div>
      </section>
    </>
  );
}
