import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { get, type Page } from "../api.ts";
import { t } from "../texts/index.ts";
import { More, Waiting } from "./common.tsx";

// A list that grows by a page at a time.
export function Listing<T>({ path, filters, step = 30, list, render }: {
  path: string;
  filters: URLSearchParams;
  step?: number;
  list?: boolean; // the items are <li>
  render: (item: T, index: number, all: T[]) => ComponentChildren;
}) {
  const key = `${path}?${filters}`;
  const [state, set] = useState<{ key: string; items: T[]; more: boolean; error?: string }>({ key: "", items: [], more: false });
  const load = (offset: number, before: T[]) => {
    const asked = new URLSearchParams(filters);
    asked.set("limit", String(step));
    asked.set("offset", String(offset));
    return get<Page<T>>(path, asked).then(
      (page) => ({ key, items: [...before, ...page.items], more: page.more }),
      (error: Error) => ({ key, items: before, more: false, error: error.message }),
    );
  };
  useEffect(() => {
    let wanted = true;
    load(0, []).then((next) => wanted && set(next));
    return () => {
      wanted = false;
    };
  }, [key]);
  const waiting = state.key !== key;
  return (
    <div aria-busy={waiting} class={waiting ? "stale" : ""}>
      {list ? <ul class="people">{state.items.map(render)}</ul> : state.items.map(render)}
      {!waiting && !state.error && !state.items.length && <p class="quiet">{t("nothing")}</p>}
      <Waiting waiting={waiting && !state.items.length} error={waiting ? undefined : state.error} />
      <More show={state.more && !waiting} onClick={() => load(state.items.length, state.items).then(set)} />
    </div>
  );
}
