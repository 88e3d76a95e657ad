// Colours from cooperation to conflict, by PLOVER's scores (docs/events.md).
const scores: Record<string, number> = {
  AGREE: 2.5, CONSULT: 2.5, SUPPORT: 5, CONCEDE: 4.5, COOPERATE: 9.5, AID: 10, RETREAT: 6.5, REQUEST: 0, ACCUSE: -3,
  REJECT: -2, THREATEN: -3.5, PROTEST: -5, SANCTION: -6, MOBILIZE: -5.5, COERCE: -7, ASSAULT: -9,
};

export const types = Object.keys(scores);

// One of five classes of colour in style.css.
export function tone(type: string): string {
  const score = scores[type] ?? 0;
  return score >= 6 ? "tone-help" : score >= 2 ? "tone-accord" : score > -2.5 ? "tone-word" : score > -5.5 ? "tone-strife" : "tone-force";
}

// Radius of a dot by the number of independent voices: its area tells.
export const radius = (voices: number) => Math.min(16, 3 + 2.6 * Math.sqrt(Math.max(1, voices) - 0.5));
