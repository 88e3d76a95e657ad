// Texts of the interface: data, one file a language, chosen by the browser.
import en from "./en.json";
import es from "./es.json";
import pt from "./pt.json";

const all: Record<string, Record<string, string>> = { pt, es, en };

export const language: "pt" | "es" | "en" = (() => {
  const kept = localStorage.getItem("language");
  for (const wanted of [kept, ...navigator.languages]) {
    const code = wanted?.slice(0, 2).toLowerCase();
    if (code && code in all) return code as "pt" | "es" | "en";
  }
  return "en";
})();

export function chooseLanguage(code: string): void {
  localStorage.setItem("language", code);
  location.reload();
}

// The text of a key; `{n}` and the like stand for values. An unknown key is itself:
// codes of the ontology that have no translation.
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = all[language][key] ?? all.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

const numbers = new Intl.NumberFormat(language);
const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const regions = new Intl.DisplayNames([language], { type: "region", fallback: "none" });

export const number = (value: number) => numbers.format(value);

export function day(iso?: string | null): string {
  if (!iso) return "";
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  return iso.length < 10 || Number.isNaN(+date) ? iso : days.format(date);
}

// The name of a country by its three-letter code.
import codes from "./countries.json";
export function country(code?: string): string {
  if (!code) return "";
  const two = (codes as Record<string, string>)[code];
  return (two && regions.of(two)) || t(`actor.${code}`) || code;
}
