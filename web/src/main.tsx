import { render } from "preact";
import { useEffect } from "preact/hooks";
import { get, type Summary } from "./api.ts";
import { Claims, Sources } from "./pages/claims.tsx";
import { Entities, Entity } from "./pages/entity.tsx";
import { Event } from "./pages/event.tsx";
import { Front } from "./pages/front.tsx";
import { Map } from "./pages/map.tsx";
import { Read } from "./pages/read.tsx";
import { Report } from "./pages/report.tsx";
import { Timeline } from "./pages/timeline.tsx";
import { type Route, useAnswer, useRoute } from "./route.ts";
import "./style.css";
import { chooseLanguage, language, t } from "./texts/index.ts";

const pages: [string, string][] = [
  ["/", "nav.front"], ["/timeline", "nav.timeline"], ["/map", "nav.map"], ["/entities", "nav.entities"],
  ["/claims", "nav.claims"], ["/sources", "nav.sources"], ["/read", "nav.read"],
];

function Page({ route, archive }: { route: Route; archive?: Summary }) {
  const [first = "", id] = route.path;
  const common = { archive, filters: route.filters };
  if (first === "") return <Front {...common} />;
  if (first === "timeline") return <Timeline {...common} />;
  if (first === "map") return <Map {...common} />;
  if (first === "claims") return <Claims {...common} />;
  if (first === "sources") return <Sources {...common} />;
  if (first === "read") return <Read />;
  if (first === "entities") return id ? <Entity id={id} /> : <Entities filters={route.filters} />;
  if (first === "events" && id) return <Event id={id} />;
  if (first === "reports" && id) return <Report id={id} />;
  return <p class="notice">{t("lost")}</p>;
}

function App() {
  const route = useRoute();
  const { value: archive } = useAnswer(() => get<Summary>("archive"), "archive");
  const here = `/${route.path[0] ?? ""}`;
  useEffect(() => {
    const page = pages.find(([path]) => path === here);
    document.title = page && here !== "/" ? `${t(page[1])} · Relato` : "Relato";
  }, [here]);
  return (
    <>
      <a class="skip" href="#main">{t("skip")}</a>
      <header>
        <a class="masthead" href="/">Relato</a>
        <nav aria-label={t("nav.main")}>
          <ul>{pages.map(([path, key]) => <li key={path}><a href={path} aria-current={path === here ? "page" : undefined}>{t(key)}</a></li>)}</ul>
        </nav>
        <label class="language">
          <span class="visually-hidden">{t("language")}</span>
          <select value={language} onChange={(e) => chooseLanguage(e.currentTarget.value)}>
            <option value="pt">Português</option>
            <option value="es">Español</option>
            <option value="en">English</option>
          </select>
        </label>
      </header>
      <main id="main" tabIndex={-1}>
        <Page route={route} archive={archive} />
      </main>
    </>
  );
}

document.documentElement.lang = language;
render(<App />, document.getElementById("app")!);
