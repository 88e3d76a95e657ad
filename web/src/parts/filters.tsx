import { useEffect, useState } from "preact/hooks";
import type { Summary } from "../api.ts";
import { address, go } from "../route.ts";
import { types } from "../scale.ts";
import { country, t } from "../texts/index.ts";

export type Field = "text" | "entity" | "country" | "type" | "reality" | "since" | "until" | "language" | "outlet" | "kind" | "stance" | "disputed" | "anonymous";

const kinds = ["person", "official", "spokesperson", "institution", "outlet", "document", "witness", "expert", "source", "public"];
const stances = ["says", "denies", "confirms", "admits", "accuses", "announces", "demands", "warns", "estimates", "declines"];

// The filters of a page: they stand in its address.
export function Filters({ path, filters, fields, archive }: { path: string; filters: URLSearchParams; fields: Field[]; archive?: Summary }) {
  const [words, setWords] = useState<Record<string, string>>({});
  useEffect(() => setWords({}), [filters.toString()]);
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(filters);
    if (value) next.set(name, value);
    else next.delete(name);
    go(address(path, next), true);
  };
  const options: Partial<Record<Field, [string, string][]>> = {
    country: (archive?.countries ?? []).map((c) => [c.name, country(c.name)] as [string, string]).sort((a, b) => a[1].localeCompare(b[1])),
    type: types.map((type) => [type, t(type)]),
    reality: ["actual", "planned", "possible", "negated"].map((name) => [name, t(name)]),
    language: ["pt", "es", "en"].map((code) => [code, t(code)]),
    outlet: (archive?.outlets ?? []).map((o) => [o.name, o.name]),
    kind: kinds.map((kind) => [kind, t(`kind.${kind}`)]),
    stance: stances.map((stance) => [stance, t(stance)]),
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const next = new URLSearchParams(filters);
    for (const [name, value] of Object.entries(words)) value ? next.set(name, value) : next.delete(name);
    go(address(path, next));
  };
  return (
    <form class="filters" role="search" aria-label={t("filters")} onSubmit={submit}>
      {fields.map((field) => {
        const id = `filter-${field}`;
        if (field === "disputed" || field === "anonymous")
          return (
            <label class="check" key={field}>
              <input type="checkbox" checked={filters.has(field)} onChange={(e) => change(field, e.currentTarget.checked ? "1" : "")} /> {t(`filter.${field}`)}
            </label>
          );
        if (field === "text" || field === "entity")
          return (
            <div class="wide" key={field}>
              <label for={id}>{t(field === "text" ? "search.words" : "filter.entity")}</label>
              <input id={id} type="search" value={words[field] ?? filters.get(field) ?? ""} onInput={(e) => setWords({ ...words, [field]: e.currentTarget.value })} />
            </div>
          );
        if (field === "since" || field === "until")
          return (
            <div key={field}>
              <label for={id}>{t(`filter.${field}`)}</label>
              <input id={id} type="date" value={filters.get(field) ?? ""} onChange={(e) => change(field, e.currentTarget.value)} />
            </div>
          );
        return (
          <div key={field}>
            <label for={id}>{t(`filter.${field}`)}</label>
            <select id={id} value={filters.get(field) ?? ""} onChange={(e) => change(field, e.currentTarget.value)}>
              <option value="">{t("filter.any")}</option>
              {options[field]?.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
            </select>
          </div>
        );
      })}
      <div class="actions">
        <button type="submit">{t("search")}</button>
        {filters.toString() && <a class="button" href={path}>{t("filter.clear")}</a>}
      </div>
    </form>
  );
}
