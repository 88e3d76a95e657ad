// Addresses: a path and filters, so that every view can be shared.
import { useEffect, useState } from "preact/hooks";

export interface Route {
  path: string[]; // ["events", "12"]
  filters: URLSearchParams;
}

function current(): Route {
  return {
    path: location.pathname.split("/").filter(Boolean).map(decodeURIComponent),
    filters: new URLSearchParams(location.search),
  };
}

export function address(path: string, filters?: URLSearchParams): string {
  const query = filters?.toString();
  return query ? `${path}?${query}` : path;
}

export function go(to: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
}

export function useRoute(): Route {
  const [route, set] = useState(current);
  useEffect(() => {
    const changed = () => set(current());
    const clicked = (event: MouseEvent) => {
      const link = (event.target as Element).closest?.("a");
      if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
      if (link.origin !== location.origin || link.hasAttribute("download") || link.getAttribute("href")?.startsWith("#")) return;
      event.preventDefault();
      go(link.pathname + link.search);
      scrollTo(0, 0);
      document.getElementById("main")?.focus({ preventScroll: true });
    };
    addEventListener("popstate", changed);
    document.addEventListener("click", clicked);
    return () => {
      removeEventListener("popstate", changed);
      document.removeEventListener("click", clicked);
    };
  }, []);
  return route;
}

// What an address of the API answers; asked again when it changes.
export function useAnswer<T>(ask: () => Promise<T>, key: string): { value?: T; error?: string; waiting: boolean } {
  const [state, set] = useState<{ key: string; value?: T; error?: string }>({ key: "" });
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => wanted && set({ key, value }),
      (error: Error) => wanted && set({ key, error: error.message }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return { value: state.value, error: state.key === key ? state.error : undefined, waiting: state.key !== key };
}
