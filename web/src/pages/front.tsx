import type { Happening, ReportRow, Summary } from "../api.ts";
import { Story } from "../parts/common.tsx";
import { Filters } from "../parts/filters.tsx";
import { Listing } from "../parts/list.tsx";
import { Months } from "../parts/months.tsx";
import { day, number, t } from "../texts/index.ts";

export function Front({ archive, filters }: { archive?: Summary; filters: URLSearchParams }) {
  const searching = filters.toString() !== "";
  const asked = new URLSearchParams(filters);
  if (!searching) asked.set("latest", "1");
  const words = new URLSearchParams();
  for (const name of ["text", "language", "outlet", "since", "until"]) if (filters.get(name)) words.set(name, filters.get(name)!);
  return (
    <>
      <h1 class={searching ? "visually-hidden" : ""}>{t("tagline")}</h1>
      {archive && !searching && (
        <p class="lead">
          {t("holds", {
            reports: number(archive.reports), outlets: number(archive.outlets.length), first: day(archive.first), last: day(archive.last),
            events: number(archive.events), claims: number(archive.claims), anonymous: number(archive.anonymous),
          })}
        </p>
      )}
      <Filters path="/" filters={filters} archive={archive} fields={["text", "country", "type", "reality", "since", "until", "language", "outlet", "disputed"]} />
      {archive && <Months months={archive.months} path="/" filters={filters} />}
      <div class={filters.get("text") ? "columns" : ""}>
        <section>
          <h2>{t(searching ? "results" : "latest")}</h2>
          <Listing<Happening> path="events" filters={asked} render={(event) => <Story key={event.id} of={event} />} />
        </section>
        {filters.get("text") && (
          <section>
            <h2>{t("found.reports")}</h2>
            <Listing<ReportRow> path="reports" filters={words} render={(report) => <Found key={report.id} report={report} />} />
          </section>
        )}
      </div>
    </>
  );
}

export function Found({ report }: { report: ReportRow }) {
  return (
    <article class="story">
      <p class="dateline"><time dateTime={report.published}>{day(report.published)}</time> {report.outlet}</p>
      <h3 lang={report.language}><a href={`/reports/${report.id}`}>{report.title || report.url || report.id}</a></h3>
      {report.snippet && (
        <p class="words" lang={report.language}>
          {report.snippet.split("\u0002").map((piece, index) => {
            const [found, rest] = index ? piece.split("\u0003") : ["", piece];
            return <span key={index}>{found && <mark>{found}</mark>}{rest}</span>;
          })}
        </p>
      )}
    </article>
  );
}
