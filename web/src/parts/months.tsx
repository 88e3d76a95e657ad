import { useRef, useState } from "preact/hooks";
import { address, go } from "../route.ts";
import { number, t } from "../texts/index.ts";

// Events by month, to be brushed: dragging, or with the keys, chooses a period.
export function Months({ months, path, filters }: { months: { month: string; events: number }[]; path: string; filters: URLSearchParams }) {
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const box = useRef<SVGSVGElement>(null);
  if (months.length < 2) return null;
  const most = Math.max(...months.map((m) => m.events));
  const width = 100 / months.length;
  const at = (event: PointerEvent) => {
    const bounds = box.current!.getBoundingClientRect();
    return Math.min(months.length - 1, Math.max(0, Math.floor(((event.clientX - bounds.left) / bounds.width) * months.length)));
  };
  const choose = (from: number, to: number) => {
    const [first, last] = from < to ? [from, to] : [to, from];
    const next = new URLSearchParams(filters);
    const end = new Date(`${months[last].month}-01T00:00:00Z`);
    end.setUTCMonth(end.getUTCMonth() + 1, 0);
    next.set("since", `${months[first].month}-01`);
    next.set("until", end.toISOString().slice(0, 10));
    go(address(path, next));
  };
  const chosen = (index: number) => {
    if (drag) return index >= Math.min(...drag) && index <= Math.max(...drag);
    const since = filters.get("since"), until = filters.get("until");
    return !!(since || until) && (!since || months[index].month >= since.slice(0, 7)) && (!until || months[index].month <= until.slice(0, 7));
  };
  return (
    <figure class="months">
      <svg
        ref={box}
        viewBox="0 0 100 24"
        preserveAspectRatio="none"
        role="group"
        aria-label={t("months")}
        onPointerDown={(e) => { setDrag([at(e), at(e)]); box.current!.setPointerCapture(e.pointerId); }}
        onPointerMove={(e) => drag && setDrag([drag[0], at(e)])}
        onPointerUp={() => { if (drag) choose(...drag); setDrag(null); }}
      >
        {months.map((m, index) => (
          <rect
            key={m.month}
            class={chosen(index) ? "bar chosen" : "bar"}
            x={index * width + width * 0.08}
            width={width * 0.84}
            y={24 - 23 * Math.sqrt(m.events / most)}
            height={23 * Math.sqrt(m.events / most)}
            role="button"
            tabindex={0}
            aria-label={`${m.month}: ${number(m.events)}`}
            onKeyDown={(e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); choose(index, index); } }}
          >
            <title>{`${m.month}: ${m.events}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption class="quiet small"><span>{months[0].month}</span><span>{t("months")}</span><span>{months[months.length - 1].month}</span></figcaption>
    </figure>
  );
}
