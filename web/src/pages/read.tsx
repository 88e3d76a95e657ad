import { useState } from "preact/hooks";
import { read, type Reading } from "../api.ts";
import { t } from "../texts/index.ts";
import { Marked } from "./report.tsx";

export function Read() {
  const [text, setText] = useState("");
  const [published, setPublished] = useState("");
  const [state, set] = useState<{ reading?: Reading; error?: string; waiting?: boolean }>({});
  const submit = (event: Event) => {
    event.preventDefault();
    set({ waiting: true });
    const address = /^\s*https?:\/\/\S+\s*$/.test(text);
    read({ ...(address ? { url: text.trim() } : { text }), ...(published && !address ? { published } : {}) }).then(
      (reading) => set({ reading }),
      (error: Error) => set({ error: error.message }),
    );
  };
  return (
    <>
      <h1>{t("read.title")}</h1>
      <p class="quiet">{t("read.help")}</p>
      <form class="read" onSubmit={submit}>
        <label for="read-text">{t("read.text")}</label>
        <textarea id="read-text" rows={10} required value={text} onInput={(e) => setText(e.currentTarget.value)} />
        <div class="actions">
          <label for="read-published">{t("read.published")}</label>
          <input id="read-published" type="date" value={published} onInput={(e) => setPublished(e.currentTarget.value)} />
          <button type="submit" disabled={state.waiting}>{t("read.go")}</button>
        </div>
      </form>
      {state.error && <p class="notice" role="alert">{t("failed", { error: state.error })}</p>}
      {state.reading && <Marked key={state.reading.text} reading={state.reading} />}
    </>
  );
}
