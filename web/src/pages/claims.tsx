import type { Source, Statement, Summary } from "../api.ts";
import { Filters } from "../parts/filters.tsx";
import { Listing } from "../parts/list.tsx";
import { country, day, number, t } from "../texts/index.ts";

export function Said({ claim }: { claim: Statement }) {
  return (
    <article class={claim.anonymous ? "said anonymous" : "said"}>
      <p class="dateline">
        {claim.source_id && !claim.anonymous ? <a href={`/entities/${claim.source_id}`}>{claim.source}</a> : <span lang={claim.language}>{claim.source}</span>} {t(claim.stance)}
        {claim.anonymous && <span class="badge">{t("anonymous")}</span>}
      </p>
      {claim.content && <blockquote lang={claim.language}><a href={`/reports/${claim.report}`}>{claim.content}</a></blockquote>}
      <p class="quiet small"><time dateTime={claim.published}>{day(claim.published)}</time> · {claim.outlet}</p>
    </article>
  );
}

export function Claims({ archive, filters }: { archive?: Summary; filters: URLSearchParams }) {
  return (
    <>
      <h1>{t("claims.title")}</h1>
      <Filters path="/claims" filters={filters} archive={archive} fields={["text", "stance", "kind", "country", "since", "until", "outlet", "anonymous"]} />
      <Listing<Statement> path="claims" filters={filters} render={(claim) => <Said key={`${claim.report}${claim.item}`} claim={claim} />} />
    </>
  );
}

export function Sources({ archive, filters }: { archive?: Summary; filters: URLSearchParams }) {
  const shares = archive && archive.claims ? archive.anonymous / archive.claims : 0;
  return (
    <>
      <h1>{t("sources.title")}</h1>
      {archive && (
        <figure class="voices">
          <div class="bar" aria-hidden="true"><span class="part-1" style={{ width: `${100 * (1 - shares)}%` }} /><span class="part-2" style={{ width: `${100 * shares}%` }} /></div>
          <ul>
            <li><span class="swatch part-1" aria-hidden="true" /> {t("sources.named")}: {number(archive.claims - archive.anonymous)}</li>
            <li><span class="swatch part-2" aria-hidden="true" /> {t("sources.unnamed")}: {number(archive.anonymous)}</li>
          </ul>
        </figure>
      )}
      <Filters path="/sources" filters={filters} archive={archive} fields={["outlet", "kind", "stance", "since", "until", "anonymous"]} />
        <Listing<Source>
          path="sources"
          filters={filters}
          step={100}
          list
          render={(one, index) => (
            <li key={index}>
              {one.id && one.source ? <a href={`/entities/${one.id}`}>{one.source}</a> : <span>{one.source ?? t(`kind.${one.kind}`)}{!one.named && <span class="badge">{t("anonymous")}</span>}</span>}{" "}
              <span class="quiet small">{one.country && `${country(one.country)} · `}{t("sources.claims", { n: number(one.claims) })}</span>
            </li>
          )}
        />
    </>
  );
}
